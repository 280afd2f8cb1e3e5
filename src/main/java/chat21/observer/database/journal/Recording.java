package chat21.observer.database.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

import chat21.observer.internals.h2.Forwarding;

/** Writes down each change that is made through a connection, as its statement and the values bound to it. */
final class Recording {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** The connection whose prepared changes are written down. It takes no others: they would be missing here. */
    Connection of(Connection connection) {
        return Forwarding.of(Connection.class, (method, arguments) -> switch (method.getName()) {
            case "prepareStatement" -> {
                if (arguments.length != 1) {
                    throw new UnsupportedOperationException("a journaled statement has no options");
                }
                yield statement((String) arguments[0], (PreparedStatement) Forwarding.to(connection, method, arguments));
            }
            case "createStatement", "prepareCall", "nativeSQL", "commit", "rollback", "setAutoCommit" ->
                throw new UnsupportedOperationException(method.getName() + " within a journaled transaction");
            default -> Forwarding.to(connection, method, arguments);
        });
    }

    private PreparedStatement statement(String sql, PreparedStatement statement) {
        Map<Integer, Object> values = new TreeMap<>();
        return Forwarding.of(PreparedStatement.class, (method, arguments) -> {
            String name = method.getName();
            if (name.startsWith("set") && arguments != null && arguments.length == 2 && arguments[0] instanceof Integer at) {
                values.put(at, arguments[1]);
            } else if (name.equals("executeUpdate")) {
                write(sql, values.values());
            } else if (name.equals("execute") || name.equals("addBatch") || name.equals("executeLargeUpdate")) {
                throw new UnsupportedOperationException(name + " within a journaled transaction");
            }
            return Forwarding.to(statement, method, arguments);
        });
    }

    private void write(String sql, Iterable<Object> values) throws SQLException {
        try {
            Values.writeText(out, sql);
            Values.write(out, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written down. */
    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}

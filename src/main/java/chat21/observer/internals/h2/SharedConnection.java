package chat21.observer.internals.h2;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

import javax.sql.DataSource;

/**
 * A connection for integrators' own routes. Where it changes an embedded file, it does that in one of the file's turns, as
 * {@link DatabaseFile} asks: the turn begins with the first statement that changes something, and ends with the transaction.
 * What only reads waits for nobody.
 */
public final class SharedConnection {

    private static final Pattern READS = Pattern.compile("(?is)\\s*(select|values|show|explain)\\b(?!.*\\b(for\\s+update|next)\\b).*");

    private final Connection connection;
    private final DatabaseFile file;
    private DatabaseFile.Turn turn;

    private SharedConnection(Connection connection, DatabaseFile file) {
        this.connection = connection;
        this.file = file;
    }

    /** A source of such connections, which come from a pool of their own. */
    public static DataSource source(DataSource pool, DatabaseFile file) {
        return Forwarding.of(DataSource.class, (method, arguments) -> {
            Object answer = Forwarding.to(pool, method, arguments);
            return answer instanceof Connection connection
                    ? Forwarding.of(Connection.class, new SharedConnection(connection, file)::call) : answer;
        });
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "prepareStatement", "prepareCall" -> beginIfItChanges((String) arguments[0]);
            case "createStatement" -> {
                Statement statement = (Statement) Forwarding.to(connection, method, arguments);
                return Forwarding.of(Statement.class, (of, given) -> {
                    if (given != null && given.length > 0 && given[0] instanceof String sql) {
                        beginIfItChanges(sql);
                    }
                    return Forwarding.to(statement, of, given);
                });
            }
            case "commit", "rollback", "close", "setAutoCommit" -> {
                try {
                    return Forwarding.to(connection, method, arguments);
                } finally {
                    end();
                }
            }
            default -> { }
        }
        return Forwarding.to(connection, method, arguments);
    }

    private void beginIfItChanges(String sql) throws SQLException {
        if (turn == null && !READS.matcher(sql).matches()) {
            turn = file.begin(connection);
        }
    }

    private void end() {
        if (turn != null) {
            turn.close();
            turn = null;
        }
    }
}

package chat21.observer.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One of the project's statements with its parameters. */
public final class Statement {

    // As camel-jdbc has it: where a route runs the statement, a header of that name is the value.
    private static final String NAMED_VALUE = ":\\?\\w+";

    private final String text;
    private final String sql;

    /** @throws IllegalArgumentException naming both, if that file of {@code /sql} has no statement of that name */
    public Statement(String file, String name) {
        this.text = Sql.named(file, name);
        this.sql = positional(text);
    }

    /** As it is, for a route that runs it: values that it names, such as {@code :?app}, are headers there. */
    public String text() {
        return text;
    }

    /** With a place in the order for each value, named or not. */
    static String positional(String text) {
        return text.replaceAll(NAMED_VALUE, "?");
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Does something with each row. */
    @FunctionalInterface
    public interface Action {
        void on(ResultSet row) throws SQLException;
    }

    /** Runs it, and returns the number of rows that it changed. */
    public int update(Connection connection, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** Runs it once for all these rows, unless there are none, and returns the number of rows that it changed. */
    public <R> int updateAll(Connection connection, Columns<R> columns, Collection<? extends R> rows) throws SQLException {
        return rows.isEmpty() ? 0 : update(connection, columns.of(connection, rows));
    }

    /** Runs it, and returns what the first row says, or null where there is none. */
    public <T> T first(Connection connection, Reader<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? reader.read(rows) : null;
            }
        }
    }

    /** Runs it, and returns what each row says, in order. */
    public <T> List<T> all(Connection connection, Reader<T> reader, Object... parameters) throws SQLException {
        List<T> read = new ArrayList<>();
        each(connection, row -> read.add(reader.read(row)), parameters);
        return read;
    }

    /** Runs it, and does something with each row, in order. */
    public void each(Connection connection, Action action, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    action.on(rows);
                }
            }
        }
    }

    /** Runs it on a connection of its own, and returns what the first row says, or null where there is none. */
    public <T> T first(Database database, Reader<T> reader, Object... parameters) throws SQLException {
        try (Connection connection = database.connection()) {
            return first(connection, reader, parameters);
        }
    }

    /** Runs it on a connection of its own, and returns what each row says, in order. */
    public <T> List<T> all(Database database, Reader<T> reader, Object... parameters) throws SQLException {
        try (Connection connection = database.connection()) {
            return all(connection, reader, parameters);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}

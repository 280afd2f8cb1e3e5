package chat21.observer.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows held by column, to be bound as one array a column: one statement for any number of rows. */
public final class Columns {

    private final String[] types;
    private final List<List<Object>> columns;

    /** @param types the SQL type of each column, such as {@code varchar} or {@code bigint} */
    public Columns(String... types) {
        this.types = types;
        this.columns = new ArrayList<>(types.length);
        for (int i = 0; i < types.length; i++) {
            columns.add(new ArrayList<>());
        }
    }

    /** Adds a row: one value a column. */
    public void add(Object... row) {
        for (int i = 0; i < row.length; i++) {
            columns.get(i).add(row[i]);
        }
    }

    public boolean isEmpty() {
        return columns.get(0).isEmpty();
    }

    public int size() {
        return columns.get(0).size();
    }

    /** Binds all columns to the statement's parameters, from the first on. */
    public void bind(PreparedStatement statement) throws SQLException {
        Connection connection = statement.getConnection();
        for (int i = 0; i < types.length; i++) {
            Array array = connection.createArrayOf(types[i], columns.get(i).toArray());
            statement.setArray(i + 1, array);
        }
    }

    /** Runs a statement that changes rows, unless there are none; returns how many it changed. */
    public int execute(Connection connection, String sql) throws SQLException {
        if (isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement);
            return statement.executeUpdate();
        }
    }
}

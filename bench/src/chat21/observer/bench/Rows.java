package chat21.observer.bench;

import chat21.observer.database.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows for one of the observer's own statements that take an array a column. */
final class Rows {

    private final Statement statement;
    private final String[] types;
    private final List<List<Object>> columns = new ArrayList<>();

    Rows(String statement, String... types) {
        this.statement = new Statement(statement);
        this.types = types;
        for (int i = 0; i < types.length; i++) {
            columns.add(new ArrayList<>());
        }
    }

    void add(Object... row) {
        for (int i = 0; i < row.length; i++) {
            columns.get(i).add(row[i]);
        }
    }

    int size() {
        return columns.get(0).size();
    }

    /** Writes them, and begins anew. */
    void write(Connection connection) throws SQLException {
        Object[] arrays = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arrays[i] = connection.createArrayOf(types[i], columns.get(i).toArray());
            columns.get(i).clear();
        }
        statement.update(connection, arrays);
    }
}

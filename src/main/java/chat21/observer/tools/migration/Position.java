package chat21.observer.tools.migration;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.database.Statement;

/**
 * How far an import has come in a file; it is stored with what was read up to there, in one transaction.
 *
 * @param line         the number of the last line that was read
 * @param offset       where the next one begins, in bytes
 * @param stored       how many rows were added or changed
 * @param refused      how many lines were refused
 * @param refusedBytes how long the file of refused lines was
 * @param reportBytes  how long the report on them was
 */
record Position(long line, long offset, long stored, long refused, long refusedBytes, long reportBytes) {

    static final Position BEGINNING = new Position(0, 0, 0, 0, 0, 0);

    private static final Statement FIND = new Statement("import", "find-import-position");
    private static final Statement INSERT = new Statement("import", "insert-import-position");
    private static final Statement MOVE = new Statement("import", "move-import-position");
    private static final Statement DELETE = new Statement("import", "delete-import-position");

    /** Where the import of a file has come to. */
    static Position of(Connection connection, String source) throws SQLException {
        Position found = FIND.first(connection, row -> new Position(row.getLong(1), row.getLong(2), row.getLong(3),
                row.getLong(4), row.getLong(5), row.getLong(6)), source);
        return found == null ? BEGINNING : found;
    }

    void write(Connection connection, String source) throws SQLException {
        Object[] values = {line, offset, stored, refused, refusedBytes, reportBytes, source};
        if (MOVE.update(connection, values) == 0) {
            INSERT.update(connection, values);
        }
    }

    static void forget(Connection connection, String source) throws SQLException {
        DELETE.update(connection, source);
    }
}

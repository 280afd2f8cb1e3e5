package chat21.observer.api.rest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Looks through every column of every table, those too that somebody adds tomorrow. */
final class Traces {

    private Traces() {
    }

    /** The tables with a row that holds this text anywhere. */
    static Set<String> of(Connection connection, String text) {
        Set<String> tables = new TreeSet<>();
        try (ResultSet all = connection.getMetaData().getTables(connection.getCatalog(), connection.getSchema(), null,
                new String[] {"TABLE", "BASE TABLE"})) {
            while (all.next()) {
                String table = all.getString("TABLE_NAME");
                if (holds(connection, table, text)) {
                    tables.add(table.toLowerCase(Locale.ROOT));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    private static boolean holds(Connection connection, String table, String text) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select * from \"" + table + "\"");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    if (String.valueOf(rows.getString(i)).contains(text)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}

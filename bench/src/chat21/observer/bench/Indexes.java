package chat21.observer.bench;

import chat21.observer.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The indexes of the large tables beside their primary keys, which are built faster once than kept up to date. */
final class Indexes {

    private final Database database;

    private Indexes(Database database) {
        this.database = database;
    }

    static Indexes drop(Database database) throws SQLException {
        try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
            String unique;
            try (ResultSet rows = statement.executeQuery("select constraint_name from information_schema.table_constraints "
                    + "where lower(table_name) = 'message' and constraint_type = 'UNIQUE'")) {
                rows.next();
                unique = rows.getString(1);
            }
            statement.execute("alter table message drop constraint \"" + unique + '"');
            statement.execute("drop index timeline_page");
            statement.execute("drop index conversation_newest");
        }
        return new Indexes(database);
    }

    void create() throws SQLException {
        for (String index : List.of(
                "alter table message add unique (app_id, message_id)",
                "create unique index timeline_page on timeline (app_id, timeline_of, convers_with, timestamp, message_id) "
                        + "include (status, message_key)",
                "create index conversation_newest on conversation (app_id, timeline_of, archived, timestamp, convers_with)",
                "analyze")) {
            try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
                statement.execute(index);
            }
        }
    }
}

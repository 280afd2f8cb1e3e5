package chat21.observer.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;

/** What earlier versions left doubled in an inbox is single after the move, and can be doubled no more. */
class TimelineOnceTest {

    private static final String INSERT = "insert into timeline (app_id, timeline_of, convers_with, timestamp, message_id,"
            + " status, message_key) values ('a', 'bob', 'alice', ?, ?, ?, ?)";

    @Test
    void onH2() {
        TestDatabase database = new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "chat21", "");

        assertDoubledRowsAreMergedAndNewOnesRefused(database);
    }

    @Test
    void onPostgres() {
        assertDoubledRowsAreMergedAndNewOnesRefused(TestPostgres.shared().newDatabase());
    }

    private static void assertDoubledRowsAreMergedAndNewOnesRefused(TestDatabase database) {
        migrate(database, "6");
        database.change(INSERT, 1L, "m1", 150, 7L);
        database.change(INSERT, 1L, "m1", 200, 7L);
        database.change(INSERT, 2L, "m2", 150, 8L);
        for (String marked : new String[] {"true, 0", "false, 3", "true, 2"}) {
            database.change("insert into conversation (app_id, timeline_of, convers_with, last_message_id, timestamp, archived,"
                    + " is_new, unread) values ('a', 'bob', '" + marked + "', 'm2', 2, false, " + marked + ")");
        }

        migrate(database, "latest");

        assertThat(database.rows("select timestamp, message_id, status, message_key from timeline order by timestamp"))
                .containsExactly(Map.of("timestamp", 1L, "message_id", "m1", "status", 200, "message_key", 7L),
                        Map.of("timestamp", 2L, "message_id", "m2", "status", 150, "message_key", 8L));
        assertThatThrownBy(() -> database.change(INSERT, 1L, "m1", 150, 7L)).cause().isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getSQLState()).isEqualTo("23505"));
        assertThat(database.column("select unread from conversation order by convers_with")).containsExactly("0", "1", "2");
    }

    private static void migrate(TestDatabase database, String version) {
        Flyway.configure().dataSource(database.url(), database.user(), database.password())
                .locations("classpath:db/migration").target(version).load().migrate();
    }
}

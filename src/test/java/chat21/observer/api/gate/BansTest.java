package chat21.observer.api.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.testing.TestDatabase;

class BansTest {

    private static final long SECOND_NS = 1_000_000_000;

    private final TestDatabase rows = new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID(), "chat21", "");
    private final Database database =
            Database.open(new DatabaseSettings(rows.url(), rows.user(), rows.password(), 2, 5_000, false));
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND_NS);
    private final Bans bans = new Bans(database, 2, nanos::get);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoIsBannedInOneAppIsSoInThatAppAlone() throws SQLException {
        ban("mallory");

        assertThat(bans.isBanned("tilechat", "mallory")).isTrue();
        assertThat(bans.isBanned("other", "mallory")).isFalse();
        assertThat(bans.isBanned("tilechat", "bob")).isFalse();
    }

    @Test
    void theDatabaseIsAskedOnceASecondWhoeverIsAskedFor() throws SQLException {
        ban("mallory");
        assertThat(bans.isBanned("tilechat", "mallory")).isTrue();
        database.close();

        for (int i = 0; i < 1_000; i++) {
            assertThat(bans.isBanned("tilechat", "user-" + i)).isFalse();
        }
        assertThat(bans.isBanned("tilechat", "mallory")).isTrue();

        nanos.addAndGet(SECOND_NS + 1);
        assertThatThrownBy(() -> bans.isBanned("tilechat", "mallory")).isInstanceOf(SQLException.class);
    }

    @Test
    void aBanAndItsEndCountASecondLater() throws SQLException {
        assertThat(bans.isBanned("tilechat", "mallory")).isFalse();
        ban("mallory");
        nanos.addAndGet(SECOND_NS + 1);
        assertThat(bans.isBanned("tilechat", "mallory")).isTrue();

        rows.change("delete from app_ban");
        nanos.addAndGet(SECOND_NS + 1);
        assertThat(bans.isBanned("tilechat", "mallory")).isFalse();
    }

    @Test
    void whoIsBannedBeyondWhatTheSetHoldsIsFoundToo() throws SQLException {
        for (int i = 0; i < 10; i++) {
            ban("mallory-" + i);
        }

        for (int i = 0; i < 10; i++) {
            assertThat(bans.isBanned("tilechat", "mallory-" + i)).isTrue();
        }
        assertThat(bans.isBanned("tilechat", "bob")).isFalse();
    }

    private void ban(String user) {
        rows.change("insert into app_ban (app_id, user_id) values ('tilechat', ?)", user);
    }
}

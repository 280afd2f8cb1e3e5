package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

/** Two nodes write to the same rows at the same time; the other node is played by a transaction of the test. */
class CollisionIT {

    private final String app = Flow.newId("app");
    private final TestDatabase database = TestPostgres.shared().newDatabase();

    @Test
    void aConversationThatAnotherNodeMakesAtTheSameTimeSendsNoMessageToTheDeadLetters() throws Exception {
        try (TestObserver observer = ObserverSettings.at(Flow.broker()).database(database).startHere();
                Connection other = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            other.setAutoCommit(false);
            try (PreparedStatement insert = other.prepareStatement("insert into conversation (app_id, timeline_of,"
                    + " convers_with, last_message_id, timestamp, is_new, archived, unread)"
                    + " values (?, 'bob', 'alice', 'earlier', 1, true, false, 1)")) {
                insert.setString(1, app);
                insert.executeUpdate();
            }
            observer.amqp().publish("apps." + app + ".outgoing.users.alice.messages.bob.outgoing", "{\"text\":\"hello\"}");
            await("the node waits for the other").atMost(Duration.ofSeconds(30)).until(() -> database.number(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") > 0);

            other.commit();

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(database.column(
                    "select unread from conversation where app_id = ? and timeline_of = 'bob'", app)).containsExactly("2"));
            assertThat(database.number("select count(*) from timeline where app_id = ?", app)).isEqualTo(2);
            assertThat(observer.deadLetters()).isZero();
        }
    }
}

package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;

import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

/** Two nodes write to the same rows at the same time; the other node is played by a transaction of the test. */
class CollisionIT {

    private final String app = Flow.newId("app");
    private final TestDatabase database = TestPostgres.shared().newDatabase();

    @Test
    void aConversationThatAnotherNodeMakesAtTheSameTimeSendsNoMessageToTheDeadLetters() throws Exception {
        try (TestObserver observer = ObserverSettings.at(TestBroker.shared()).database(database).startHere();
                Connection other = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            other.setAutoCommit(false);
            try (PreparedStatement insert = other.prepareStatement("insert into conversation (app_id, timeline_of,"
                    + " convers_with, last_message_id, timestamp, is_new, archived, unread)"
                    + " values (?, 'bob', 'alice', 'earlier', 1, true, false, 1)")) {
                insert.setString(1, app);
                insert.executeUpdate();
            }
            observer.amqp().publish("apps." + app + ".outgoing.users.alice.messages.bob.outgoing", "{\"text\":\"hello\"}");
            await("the node waits for the other").until(() -> database.number(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") > 0);

            other.commit();

            await().untilAsserted(() -> assertThat(database.column(
                    "select unread from conversation where app_id = ? and timeline_of = 'bob'", app)).containsExactly("2"));
            assertThat(database.number("select count(*) from timeline where app_id = ?", app)).isEqualTo(2);
            assertThat(observer.deadLetters()).isZero();
        }
    }

    @Test
    void aReadyMessageThatAnotherNodePutsIntoTheSameInboxStandsThereOnce() throws Exception {
        String ready = "{\"message_id\":\"m1\",\"sender\":\"alice\",\"recipient\":\"bob\",\"text\":\"hello\",\"timestamp\":1600000000000}";
        String inbox = "apps.observer." + app + ".users.bob.messages.alice.";
        try (TestObserver observer = ObserverSettings.at(TestBroker.shared()).database(database).startHere();
                Connection other = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            // Its text is there already, so that only the row of the inbox can collide.
            observer.amqp().publish("apps.observer." + app + ".users.alice.messages.bob.persist", ready);
            await().until(() -> database.number("select count(*) from timeline where app_id = ?", app) == 1);
            other.setAutoCommit(false);
            try (PreparedStatement insert = other.prepareStatement("insert into timeline (app_id, timeline_of, convers_with,"
                    + " timestamp, message_id, status, message_key) select app_id, 'bob', 'alice', timestamp, message_id, 200,"
                    + " message_key from message where app_id = ?")) {
                insert.setString(1, app);
                insert.executeUpdate();
            }

            observer.amqp().publish(inbox + "persist", ready);
            observer.amqp().publish(inbox + "delivered", ready);
            await("the node waits for the other").until(() -> database.number(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") > 0);
            other.commit();
            observer.amqp().publish("apps." + app + ".outgoing.users.alice.messages.bob.outgoing", "{\"text\":\"later\"}");

            await().until(() -> database.number(
                    "select count(*) from message where app_id = ?", app) == 2);
            assertThat(database.column("select status from timeline where app_id = ? and timeline_of = 'bob' and message_id = 'm1'",
                    app)).containsExactly("200");
            assertThat(observer.deadLetters()).isZero();
        }
    }
}

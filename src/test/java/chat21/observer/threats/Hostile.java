package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.DeadLetter;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

/** A hostile client with a least-scope token, two honest neighbours, and what each test asks: who was harmed? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Hostile {

    final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
    ObserverSettings settings;
    TestObserver observer;
    TestDatabase database;
    ChatClient mallory;
    ChatClient anna;
    ChatClient ben;

    /** Settings of its own, for a class that needs some. */
    ObserverSettings configure(ObserverSettings usual) {
        return usual;
    }

    @BeforeAll
    void start() {
        settings = configure(ObserverSettings.at(TestBroker.shared()));
        observer = settings.startHere();
        database = observer.database();
        mallory = ChatClient.of("mallory").app(app).connect(observer.broker());
        anna = ChatClient.of("anna").app(app).connect(observer.broker());
        ben = ChatClient.of("ben").app(app).connect(observer.broker());
    }

    @AfterAll
    void stop() {
        for (AutoCloseable one : new AutoCloseable[] {mallory, anna, ben, observer}) {
            try {
                if (one != null) {
                    one.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** PostgreSQL, which is stricter with texts than H2. */
    static ObserverSettings onPostgres(ObserverSettings usual) {
        return usual.database(TestPostgres.shared().newDatabase());
    }

    /** What mallory does is refused with that reason, counted, and harms nobody. */
    DeadLetter assertRefused(String reason, Consumer<ChatClient> attempt) {
        String metric = "chat21_messages_refused_total{reason=\"" + reason + "\"}";
        double before = observer.management().metric(metric);
        attempt.accept(mallory);
        DeadLetter letter = observer.awaitDeadLetter();
        assertThat(letter.reason()).as(letter.header("x-detail")).isEqualTo(reason);
        assertThat(letter.header("x-detail")).isNotBlank();
        assertNeighboursChat();
        await().untilAsserted(() -> assertThat(observer.management().metric(metric)).isEqualTo(before + 1));
        return letter;
    }

    /** What mallory publishes on the way to a recipient is refused with that reason. */
    DeadLetter assertRefused(String reason, String recipient, String payload) {
        return assertRefused(reason, client -> client.send(recipient, payload));
    }

    /** A message of an honest user arrives, and so does all that came before it. */
    void assertNeighboursChat() {
        String text = UUID.randomUUID().toString();
        anna.send("ben", "{\"text\":\"" + text + "\"}");
        ben.awaitMessage("anna", text);
    }

    /** The copies that came into an inbox from a peer, live. */
    static List<ChatClient.Received> copies(ChatClient client, String peer) {
        return client.received(r -> r.topic().endsWith("/messages/" + peer + "/clientadded"));
    }

    /** How many rows an inbox has. */
    long rowsOf(String owner) {
        return database.number("select count(*) from timeline where app_id = ? and timeline_of = ?", app, owner);
    }

    /** The rows of an inbox with a peer. */
    List<Map<String, Object>> timeline(String owner, String peer) {
        return database.rows("select t.message_id, t.status, m.payload from timeline t join message m"
                + " on m.app_id = t.app_id and m.message_id = t.message_id"
                + " where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?"
                + " order by t.timestamp, t.message_id", app, owner, peer);
    }

    void storeGroup(String group, String... members) {
        database.change("insert into chat_group (app_id, group_id, name, created_on, updated_on) values (?, ?, '', 0, 0)",
                app, group);
        for (String member : members) {
            database.change("insert into group_member (app_id, group_id, member_id) values (?, ?, ?)", app, group, member);
        }
    }

    static String newId(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}

package chat21.observer.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests with one observer a class, a real broker, a real database and an app of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ObserverOfClass {

    protected final String app = newId("app");
    protected ObserverSettings settings;
    protected TestObserver observer;
    protected TestDatabase database;

    /** Settings of its own, for a class that needs some. */
    protected ObserverSettings configure(ObserverSettings usual) {
        return usual;
    }

    @BeforeAll
    protected void startObserver() {
        settings = configure(ObserverSettings.at(TestBroker.shared()));
        observer = settings.startHere();
        database = observer.database();
    }

    @AfterAll
    protected void stopObserver() {
        if (observer != null) {
            observer.close();
        }
    }

    /** PostgreSQL in place of H2; where none is installed the tests are skipped. */
    protected static ObserverSettings onPostgres(ObserverSettings usual) {
        return usual.database(TestPostgres.shared().newDatabase());
    }

    /** An id that no other test has. */
    public static String newId(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** The copies that have come in so far for a conversation. */
    protected static List<ChatClient.Received> copies(ChatClient client, String peer) {
        return client.received(r -> r.topic().endsWith("/messages/" + peer + "/clientadded"));
    }

    /** The rows of an inbox with a peer, oldest first, with the text of their messages. */
    protected List<Map<String, Object>> timeline(String owner, String peer) {
        return database.rows("select t.message_id, t.status, m.payload from timeline t join message m"
                + " on m.app_id = t.app_id and m.message_id = t.message_id"
                + " where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?"
                + " order by t.timestamp, t.message_id", app, owner, peer);
    }

    /** How many rows an inbox has, whatever the conversation. */
    protected long rowsOf(String owner) {
        return database.number("select count(*) from timeline where app_id = ? and timeline_of = ?", app, owner);
    }

    /** Stores a group as the back end does. */
    protected void storeGroup(String group, String... members) {
        database.change("insert into chat_group (app_id, group_id, name, created_on, updated_on) values (?, ?, 'a group', 0, 0)",
                app, group);
        Arrays.stream(members).forEach(member -> database.change(
                "insert into group_member (app_id, group_id, member_id) values (?, ?, ?)", app, group, member));
    }
}

package chat21.observer.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

/** Tests of the whole flow with one observer a class, a real broker, real clients and a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Flow {

    /** Which database a class runs on. */
    enum Store { H2, POSTGRES }

    final String app = "app-" + UUID.randomUUID();
    private final Store store;
    private final List<ChatClient> clients = new ArrayList<>();
    TestObserver observer;
    TestDatabase database;

    Flow(Store store) {
        this.store = store;
    }

    @BeforeAll
    void startObserver() {
        ObserverSettings settings = ObserverSettings.at(TestBroker.shared());
        if (store == Store.POSTGRES) {
            settings.database(TestPostgres.shared().newDatabase());
        }
        observer = settings.startHere();
        database = observer.database();
    }

    @AfterAll
    void stopObserver() {
        if (observer != null) {
            observer.close();
        }
    }

    @AfterEach
    void disconnectClients() {
        clients.forEach(ChatClient::close);
        clients.clear();
    }

    /** A user id that no other test has. */
    static String newId(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Logs a user of this class's app in over TCP. */
    ChatClient connect(String user) {
        return connect(ChatClient.of(user));
    }

    /** Logs a user of this class's app in. */
    ChatClient connect(ChatClient.Builder user) {
        ChatClient client = user.app(app).connect(observer.broker());
        clients.add(client);
        return client;
    }

    /** Logs a new user in. */
    ChatClient newClient(String name) {
        return connect(newId(name));
    }

    /** The copies that have come in so far for a conversation. */
    static List<ChatClient.Received> copies(ChatClient client, String peer) {
        return client.received(r -> r.topic().endsWith("/messages/" + peer + "/clientadded"));
    }

    /** The rows of an inbox, oldest first, with the text of their messages. */
    List<Map<String, Object>> timeline(String owner, String peer) {
        return database.rows("select t.message_id, t.status, m.payload from timeline t join message m"
                + " on m.app_id = t.app_id and m.message_id = t.message_id"
                + " where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?"
                + " order by t.timestamp, t.message_id", app, owner, peer);
    }

    /** How many rows an inbox has, whatever the conversation. */
    long rowsOf(String owner) {
        return database.number("select count(*) from timeline where app_id = ? and timeline_of = ?", app, owner);
    }

    /** The conversation of an inbox with a peer; none or one. */
    List<Map<String, Object>> conversation(String owner, String peer) {
        return database.rows("select last_message_id, is_new, archived, unread from conversation"
                + " where app_id = ? and timeline_of = ? and convers_with = ?", app, owner, peer);
    }

    /** Stores a group as the back end does. */
    void storeGroup(String group, String... members) {
        database.change("insert into chat_group (app_id, group_id, name, created_on, updated_on) values (?, ?, ?, 0, 0)",
                app, group, "a group");
        Arrays.stream(members).forEach(member -> database.change(
                "insert into group_member (app_id, group_id, member_id) values (?, ?, ?)", app, group, member));
    }

    /** The routing key of an outgoing message. */
    String outgoingKey(String sender, String recipient) {
        return "apps." + app + ".outgoing.users." + sender + ".messages." + recipient + ".outgoing";
    }
}

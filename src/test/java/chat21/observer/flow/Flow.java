package chat21.observer.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverOfClass;
import chat21.observer.testing.ObserverSettings;

/** Tests of the whole flow with one observer a class, a real broker, real clients and a real database. */
abstract class Flow extends ObserverOfClass {

    /** Which database a class runs on. */
    enum Store { H2, POSTGRES }

    private final Store store;
    private final List<ChatClient> clients = new ArrayList<>();

    Flow(Store store) {
        this.store = store;
    }

    @Override
    protected ObserverSettings configure(ObserverSettings usual) {
        return store == Store.POSTGRES ? onPostgres(usual) : usual;
    }

    @AfterEach
    void disconnectClients() {
        clients.forEach(ChatClient::close);
        clients.clear();
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

    /** The conversation of an inbox with a peer; none or one. */
    List<Map<String, Object>> conversation(String owner, String peer) {
        return database.rows("select last_message_id, is_new, archived, unread from conversation"
                + " where app_id = ? and timeline_of = ? and convers_with = ?", app, owner, peer);
    }

    /** The routing key of an outgoing message. */
    String outgoingKey(String sender, String recipient) {
        return "apps." + app + ".outgoing.users." + sender + ".messages." + recipient + ".outgoing";
    }
}

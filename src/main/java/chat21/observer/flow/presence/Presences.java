package chat21.observer.flow.presence;

import java.sql.Connection;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.database.Statement;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.message.Delivery;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Topic.Presence;

/** A user is online while at least one of its clients is; the change of the user, not of a client, is told. */
public final class Presences {

    private static final Statement CONNECT = new Statement("presence", "connect-client");
    private static final Statement DISCONNECT = new Statement("presence", "disconnect-client");
    private static final Statement COUNT = new Statement("presence", "count-clients");
    private static final Statement FIND = new Statement("presence", "find-presence");
    private static final Statement FIRST = new Statement("presence", "find-first-client");
    private static final Statement MERGE = new Statement("presence", "merge-presence");

    private final Payloads payloads;
    private final int maxClients;

    /** @param maxClients the most clients of one user that are connected at a time */
    public Presences(Payloads payloads, int maxClients) {
        this.maxClients = maxClients;
        this.payloads = payloads;
    }

    /**
     * Reads whether a client came or went.
     *
     * @return null for an empty payload, with which a retained message is cleared: it says nothing
     * @throws Refusal if the payload says neither {@code {"connected":true}} nor {@code {"disconnected":true}}
     */
    public ChangePresence read(Delivery delivery) {
        if (delivery.body().length == 0) {
            return null;
        }
        ObjectNode json = payloads.read(delivery.body());
        boolean connected = json.path("connected").asBoolean(false);
        if (connected == json.path("disconnected").asBoolean(false)) {
            throw new Refusal(Reason.BAD_FIELD, "either connected or disconnected must be true");
        }
        return new ChangePresence((Presence) delivery.topic(), connected, delivery.receivedAt(), delivery.mayBeStored());
    }

    /** Finds out whether the user was there; first of all, since another node may hear of another client of this user. */
    public SeenUser find(@Body ChangePresence change,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        SeenUser seen = FIND.first(connection, row -> new SeenUser(change, true, row.getBoolean(1), row.getLong(2)),
                change.topic().app(), change.topic().user());
        return seen == null ? new SeenUser(change, false, false, 0) : seen;
    }

    /**
     * Adds the client to those that are there, or takes it away.
     *
     * @throws Refusal if the user has as many clients as a user may
     */
    public MovedClient move(@Body SeenUser before,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        Presence topic = before.change().topic();
        boolean connected = before.change().connected();
        boolean wasSaid = connected
                ? CONNECT.update(connection, topic.app(), topic.user(), topic.client(), before.change().at(), topic.app(),
                        topic.user(), topic.client()) == 0
                : DISCONNECT.update(connection, topic.app(), topic.user(), topic.client()) == 0;
        int clients = COUNT.first(connection, row -> row.getInt(1), topic.app(), topic.user());
        if (connected && clients > maxClients) {
            DISCONNECT.update(connection, topic.app(), topic.user(), topic.client());
            throw new Refusal(Reason.QUOTA, "a user may have " + maxClients + " clients connected at a time");
        }
        return new MovedClient(before, wasSaid, clients > 0);
    }

    /**
     * Records whether the user is there.
     *
     * @return what is told of that, or null
     */
    public UserPresence record(@Body MovedClient moved,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        SeenUser before = moved.before();
        ChangePresence change = before.change();
        Presence topic = change.topic();
        if (moved.wasSaid() && change.mayBeStored() && before.isKnown() && moved.isOnline() == before.online()
                && moved.isOnline() == change.connected()) {
            // It was stored, and perhaps never told: the same event once more.
            return again(connection, before);
        }
        MERGE.update(connection, topic.app(), topic.user(), moved.isOnline(), change.at());
        return moved.isOnline() == before.online() ? null
                : new UserPresence(topic, moved.isOnline(), change.at(), false);
    }

    // Only the client that came first brought the user; the others came to a user who was there.
    private static UserPresence again(Connection connection, SeenUser before) throws SQLException {
        Presence topic = before.change().topic();
        if (!before.online()) {
            return new UserPresence(topic, false, before.since(), true);
        }
        First first = FIRST.first(connection, row -> new First(row.getString(1), row.getLong(2)), topic.app(), topic.user());
        return first.client.equals(topic.client()) ? new UserPresence(topic, true, first.since, true) : null;
    }

    private record First(String client, long since) {
    }
}

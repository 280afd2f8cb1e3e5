package chat21.observer.presence;

import java.sql.Connection;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.analytics.Analytics;
import chat21.observer.message.Payloads;
import chat21.observer.receive.Delivery;
import chat21.observer.receive.Outcome;
import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.store.Statement;
import chat21.observer.topic.Topic.Presence;
import chat21.observer.webhook.WebhookEvents;

/** A user is online while at least one of its clients is; the change of the user, not of a client, is told. */
public final class Presences {

    private static final Statement CONNECT = new Statement("connect-client");
    private static final Statement DISCONNECT = new Statement("disconnect-client");
    private static final Statement COUNT = new Statement("count-clients");
    private static final Statement FIND = new Statement("find-presence");
    private static final Statement FIRST = new Statement("find-first-client");
    private static final Statement MERGE = new Statement("merge-presence");

    private final Payloads payloads;
    private final WebhookEvents events;
    private final Analytics analytics;
    private final PresenceNews news;
    private final int maxClients;

    /**
     * Presences that are recorded and told.
     *
     * @param news       tells those with whom a user talks
     * @param maxClients the most clients of one user that are connected at a time
     */
    public Presences(Payloads payloads, WebhookEvents events, Analytics analytics, PresenceNews news, int maxClients) {
        this.news = news;
        this.maxClients = maxClients;
        this.payloads = payloads;
        this.events = events;
        this.analytics = analytics;
    }

    /**
     * Records that a client came or went. An empty payload, with which a retained message is cleared, says nothing.
     *
     * @throws Refusal if the payload says neither {@code {"connected":true}} nor {@code {"disconnected":true}}; when it is
     *     applied, also if the user has as many clients as a user may
     */
    public Delivery record(Delivery delivery) {
        Presence topic = (Presence) delivery.topic();
        if (delivery.body().length == 0) {
            // Only the broker's retained message is cleared by it.
            return delivery;
        }
        ObjectNode json = payloads.read(delivery.body());
        boolean connected = json.path("connected").asBoolean(false);
        if (connected == json.path("disconnected").asBoolean(false)) {
            throw new Refusal(Reason.BAD_FIELD, "either connected or disconnected must be true");
        }
        delivery.outcome().add((connection, outcome) ->
                apply(connection, outcome, topic, connected, delivery.receivedAt(), delivery.mayBeStored()));
        return delivery;
    }

    private void apply(Connection connection, Outcome outcome, Presence topic, boolean connected, long now,
            boolean mayBeStored) throws SQLException {
        // First, since another node may hear of another client of this user at the same time.
        Seen before = FIND.first(connection, row -> new Seen(row.getBoolean(1), row.getLong(2)), topic.app(), topic.user());
        boolean wasOnline = before != null && before.online;
        boolean known = connected
                ? CONNECT.update(connection, topic.app(), topic.user(), topic.client(), now, topic.app(), topic.user(),
                        topic.client()) == 0
                : DISCONNECT.update(connection, topic.app(), topic.user(), topic.client()) == 0;
        int clients = COUNT.first(connection, row -> row.getInt(1), topic.app(), topic.user());
        if (connected && clients > maxClients) {
            DISCONNECT.update(connection, topic.app(), topic.user(), topic.client());
            throw new Refusal(Reason.QUOTA, "a user may have " + maxClients + " clients connected at a time");
        }
        boolean online = clients > 0;
        if (online != wasOnline) {
            MERGE.update(connection, topic.app(), topic.user(), online, now);
            events.presenceChange(outcome, topic.app(), topic.user(), online, now);
            news.tell(connection, outcome, topic, online, now);
            analytics.presenceChanged(outcome, topic, online);
        } else if (known && mayBeStored && before != null && online == connected) {
            // It was stored, and perhaps never told: the same event once more.
            tellAgain(connection, outcome, topic, before);
        } else {
            MERGE.update(connection, topic.app(), topic.user(), online, now);
        }
    }

    // Only the client that came first brought the user; the others came to a user who was there.
    private void tellAgain(Connection connection, Outcome outcome, Presence topic, Seen before) throws SQLException {
        if (!before.online) {
            events.presenceChange(outcome, topic.app(), topic.user(), false, before.at);
            news.tell(connection, outcome, topic, false, before.at);
            return;
        }
        First first = FIRST.first(connection, row -> new First(row.getString(1), row.getLong(2)), topic.app(), topic.user());
        if (first.client.equals(topic.client())) {
            events.presenceChange(outcome, topic.app(), topic.user(), true, first.since);
            news.tell(connection, outcome, topic, true, first.since);
        }
    }

    private record Seen(boolean online, long at) {
    }

    private record First(String client, long since) {
    }
}

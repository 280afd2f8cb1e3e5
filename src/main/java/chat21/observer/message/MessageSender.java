package chat21.observer.message;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.publish.PooledPublisher;
import chat21.observer.publish.Publication;
import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.store.Database;
import chat21.observer.store.Statement;
import chat21.observer.topic.RoutingKeys;

/** Sends messages for callers of the REST API: the same way that clients go, with an id promised beforehand. */
public final class MessageSender {

    private static final Statement FIND_BAN = new Statement("find-ban");
    private static final Statement FIND_MEMBERSHIP = new Statement("find-membership");
    private static final Statement FIND_MESSAGE = new Statement("find-message-in-inbox");
    private static final long FIRST_PAUSE_MS = 2;
    private static final long LONGEST_PAUSE_MS = 50;

    private final Database database;
    private final PooledPublisher publisher;
    private final MessageIds ids;
    private final Payloads payloads;
    private final SenderRights rights;

    /**
     * @param payloads the limits that the flow has too
     * @param rights   what applies to all senders
     */
    public MessageSender(Database database, PooledPublisher publisher, MessageIds ids, Payloads payloads,
            SenderRights rights) {
        this.database = database;
        this.publisher = publisher;
        this.ids = ids;
        this.payloads = payloads;
        this.rights = rights;
    }

    /**
     * What applies to all that is sent.
     *
     * @param exchange       the exchange that clients publish to
     * @param brokerUser     what this application is to the broker
     * @param trustedSenders senders that may write to any group
     */
    public record SenderRights(String exchange, String brokerUser, Set<String> trustedSenders) {
    }

    /**
     * Hands a message to the broker.
     *
     * @return the id that it will have
     * @throws Refusal if the flow would refuse it
     */
    public String send(String app, SendRequest request) throws SQLException, IOException, InterruptedException {
        String routingKey = RoutingKeys.outgoing(app, request.sender(), request.recipient());
        byte[] body = payloads.write(request.payload());
        payloads.read(body);
        refuseWhatTheFlowWould(app, request);
        String id = ids.next().toString();
        Publication message = Publication.promised(rights.exchange(), routingKey, body, id, rights.brokerUser());
        publisher.publish(List.of(request.vouched() ? message.vouched() : message));
        return id;
    }

    /**
     * Waits for a message to be stored, on whichever node that happens.
     *
     * @return the message as it stands in its sender's inbox, or null if that took too long
     */
    public ObjectNode await(String app, SendRequest request, String id, long timeoutMs)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + timeoutMs * 1_000_000;
        for (long pause = FIRST_PAUSE_MS; System.nanoTime() < deadline; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
            ObjectNode found = find(app, request, id);
            if (found != null) {
                return found;
            }
            Thread.sleep(pause);
        }
        return null;
    }

    private ObjectNode find(String app, SendRequest request, String id) throws SQLException {
        String clientId = request.payload().path("client_message_id").asText("");
        try (Connection connection = database.connection()) {
            return FIND_MESSAGE.first(connection, row -> payloads.readStored(row.getString(1))
                    .put("status", row.getInt(2)).put("timelineOf", request.sender())
                    .put("conversWith", row.getString(3)), request.sender(), app, app, request.sender(), clientId, id);
        }
    }

    private void refuseWhatTheFlowWould(String app, SendRequest request) throws SQLException {
        try (Connection connection = database.connection()) {
            if (FIND_BAN.first(connection, row -> true, app, request.sender()) != null) {
                throw new Refusal(Reason.SENDER_BANNED, "sender is banned from the app");
            }
            if (!request.vouched() && !rights.trustedSenders().contains(request.sender()) && Boolean.FALSE.equals(FIND_MEMBERSHIP.first(
                    connection, row -> row.getBoolean(1), request.sender(), app, request.recipient()))) {
                throw new Refusal(Reason.NOT_A_MEMBER, "sender is not a member of the group " + request.recipient());
            }
        }
    }
}

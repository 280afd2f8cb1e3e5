package chat21.observer.api.send;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.engine.publish.PooledPublisher;
import chat21.observer.message.Payloads;
import chat21.observer.message.Publication;
import chat21.observer.protocol.MessageIds;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.RoutingKeys;

/** Sends messages for callers of the REST API: the same way that clients go, with an id promised beforehand. */
public final class MessageSender {

    private static final Statement FIND_BAN = new Statement("blocks", "find-ban");
    private static final Statement FIND_MEMBERSHIP = new Statement("groups", "find-membership");
    private static final Statement FIND_MESSAGE = new Statement("messages", "find-message-in-inbox");

    private final Database database;
    private final PooledPublisher publisher;
    private final MessageIds ids;
    private final Payloads payloads;
    private final SenderRights rights;
    private final SentMessages sent;
    private final Executor readers;

    /**
     * @param payloads the limits that the flow has too
     * @param rights   what applies to all senders
     * @param sent     hears what becomes of messages
     * @param readers  reads them once they are stored
     */
    public MessageSender(Database database, PooledPublisher publisher, MessageIds ids, Payloads payloads,
            SenderRights rights, SentMessages sent, Executor readers) {
        this.sent = sent;
        this.readers = readers;
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
     * @throws Refusal if the flow would refuse it
     */
    public void send(String app, SendRequest request) throws SQLException, IOException, InterruptedException {
        publish(app, request, ids.next().toString(), null);
    }

    /**
     * Hands a message to the broker, and waits for it to be stored, on whichever node that happens. No thread is kept
     * meanwhile.
     *
     * @return the message as it stands in its sender's inbox, or null if that took too long; fails with a {@link Refusal} if
     *         the flow refuses it, or keeps it in no inbox
     */
    public CompletableFuture<ObjectNode> sendAndWait(String app, SendRequest request, long timeoutMs)
            throws SQLException, IOException, InterruptedException {
        String id = ids.next().toString();
        String queue = sent.queue();
        CompletableFuture<SentMessages.Answer> answer = sent.await(id, timeoutMs);
        try {
            publish(app, request, id, queue);
        } catch (SQLException | IOException | InterruptedException | RuntimeException e) {
            answer.cancel(false);
            throw e;
        }
        return answer.thenApplyAsync(given -> stored(app, request, id, given), readers);
    }

    private void publish(String app, SendRequest request, String id, String waitingQueue)
            throws SQLException, IOException, InterruptedException {
        String routingKey = RoutingKeys.outgoing(app, request.sender(), request.recipient());
        byte[] body = payloads.write(request.payload());
        payloads.read(body);
        refuseWhatTheFlowWould(app, request);
        Publication message = Publication.promised(rights.exchange(), routingKey, body, id, rights.brokerUser(),
                waitingQueue);
        publisher.publish(List.of(request.vouched() ? message.vouched() : message));
    }

    private ObjectNode stored(String app, SendRequest request, String id, SentMessages.Answer answer) {
        if (answer.state() == SentMessages.State.REFUSED) {
            throw answer.refusal();
        }
        try {
            ObjectNode found = find(app, request, id);
            if (found == null && answer.state() == SentMessages.State.STORED) {
                throw new Refusal(Reason.REFUSED_BY_POLICY, "the flow lets the message into no inbox");
            }
            return found;
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private ObjectNode find(String app, SendRequest request, String id) throws SQLException {
        String clientId = request.payload().path("client_message_id").asText("");
        return FIND_MESSAGE.first(database, row -> payloads.readStored(row.getString(1))
                .put("status", row.getInt(2)).put("timelineOf", request.sender())
                .put("conversWith", row.getString(3)), request.sender(), app, app, request.sender(), clientId, id);
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

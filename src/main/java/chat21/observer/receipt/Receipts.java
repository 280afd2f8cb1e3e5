package chat21.observer.receipt;

import java.sql.Connection;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.analytics.Analytics;
import chat21.observer.message.Payloads;
import chat21.observer.message.Status;
import chat21.observer.publish.Publication;
import chat21.observer.receive.Delivery;
import chat21.observer.receive.Outcome;
import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.store.Statement;
import chat21.observer.topic.RoutingKeys;
import chat21.observer.topic.Topic.Receipt;
import chat21.observer.webhook.WebhookEvents;

/** A recipient's client says that it has a message; its sender is told: protocol section 5. */
public final class Receipts {

    private final Payloads payloads;
    private final String exchange;
    private final WebhookEvents events;
    private final Analytics analytics;
    private final Statement raiseStatus = new Statement("raise-status");

    /** @param exchange the exchange that the inboxes are bound to */
    public Receipts(Payloads payloads, String exchange, WebhookEvents events, Analytics analytics) {
        this.payloads = payloads;
        this.exchange = exchange;
        this.events = events;
        this.analytics = analytics;
    }

    /**
     * Checks what the client says; no other status than received counts.
     *
     * @throws Refusal if the payload says anything else
     */
    public Delivery check(Delivery delivery) {
        JsonNode status = payloads.read(delivery.body()).path("status");
        if (!status.isIntegralNumber() || status.longValue() != Status.RECEIVED) {
            throw new Refusal(Reason.BAD_FIELD, "status must be " + Status.RECEIVED + " in a receipt");
        }
        return delivery;
    }

    /** Raises the status in the recipient's and the sender's timeline, and tells the sender. */
    public Delivery record(Delivery delivery) {
        Receipt topic = (Receipt) delivery.topic();
        delivery.outcome().add((connection, outcome) -> apply(connection, outcome, topic));
        return delivery;
    }

    private void apply(Connection connection, Outcome outcome, Receipt named) throws SQLException {
        Receipted sent = Receipted.find(connection, payloads, named);
        if (sent == null) {
            throw new Refusal(Reason.NOT_FOUND, "message is not in the user's conversation with " + named.peer());
        }
        Receipt topic = new Receipt(named.app(), named.user(), named.peer(), sent.messageId());
        if (sent.sender().equals(topic.user())) {
            throw new Refusal(Reason.OWN_MESSAGE, "message was sent by the user itself");
        }
        // Between two users the sender sees the recipient; in a group everyone sees the group.
        String peerOfSender = topic.peer().equals(sent.sender()) ? topic.user() : topic.peer();
        String routingKey = RoutingKeys.clientUpdated(topic.app(), sent.sender(), peerOfSender, topic.messageId());
        String tempKey = tempKey(sent, topic, peerOfSender);
        raise(connection, topic.app(), topic.user(), topic.peer(), sent, Status.RECEIVED);
        raise(connection, topic.app(), sent.sender(), peerOfSender, sent, Status.RETURN_RECEIPT);
        ObjectNode patch = patch(sent.sender(), topic.messageId());
        outcome.publish(Publication.json(exchange, routingKey, payloads.write(patch)));
        if (tempKey != null) {
            outcome.publish(Publication.json(exchange, tempKey, payloads.write(patch(sent.sender(), sent.tempId()))));
        }
        events.returnReceipt(outcome, topic.app(), topic.user(), sent.sender(), topic.messageId(), patch, routingKey);
        analytics.returnReceipt(connection, outcome, topic);
    }

    // The sender's page may know the message by the id alone that it gave it itself; null where there is no such id that fits.
    private static String tempKey(Receipted sent, Receipt topic, String peer) {
        if (sent.tempId() == null || sent.tempId().equals(topic.messageId())) {
            return null;
        }
        return RoutingKeys.ifItFits(
                () -> RoutingKeys.clientUpdated(topic.app(), sent.sender(), peer, sent.tempId()));
    }

    private ObjectNode patch(String sender, String messageId) {
        return payloads.newObject().put("timelineOf", sender).put("message_id", messageId)
                .put("status", Status.RETURN_RECEIPT);
    }

    private void raise(Connection connection, String app, String owner, String peer, Receipted sent, int status)
            throws SQLException {
        raiseStatus.update(connection, status, app, owner, peer, sent.timestamp(), sent.messageId(), status);
    }
}

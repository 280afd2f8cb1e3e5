package chat21.observer.flow.receipt;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.flow.inbox.News;
import chat21.observer.flow.inbox.ToldToInboxes;
import chat21.observer.message.Decision;
import chat21.observer.message.Payloads;
import chat21.observer.out.analytics.Analytics;
import chat21.observer.out.event.Event;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;
import chat21.observer.protocol.RoutingKeys;
import chat21.observer.protocol.Status;
import chat21.observer.protocol.Topic.Receipt;

/**
 * What a sender is told of a message that was received.
 *
 * @param receipt      the receipt, with the message's own id
 * @param sent         the message
 * @param peerOfSender under which conversation it stands in its sender's inbox
 * @param patch        what is told
 * @param topic        where it is told
 * @param news         the same, and once more under the id by which the sender's page may know the message
 */
public record ReturnReceipt(Receipt receipt, Receipted sent, String peerOfSender, ObjectNode patch, String topic,
        List<News> news) implements ToldToInboxes, Event {

    /** @throws chat21.observer.protocol.Refusal if the routing key would be too long */
    static ReturnReceipt of(Payloads payloads, Receipt receipt, Receipted sent) {
        // Between two users the sender sees the recipient; in a group everyone sees the group.
        String peer = receipt.peer().equals(sent.sender()) ? receipt.user() : receipt.peer();
        String topic = RoutingKeys.clientUpdated(receipt.app(), sent.sender(), peer, sent.messageId());
        ObjectNode patch = patch(payloads, sent.sender(), sent.messageId());
        List<News> news = new ArrayList<>(2);
        news.add(new News(receipt.app(), sent.sender(), peer + '.' + sent.messageId(), payloads.write(patch)));
        if (isKnownByAnotherId(receipt, sent, peer)) {
            news.add(new News(receipt.app(), sent.sender(), peer + '.' + sent.tempId(),
                    payloads.write(patch(payloads, sent.sender(), sent.tempId()))));
        }
        return new ReturnReceipt(receipt, sent, peer, patch, topic, List.copyOf(news));
    }

    // The sender's page may know the message by the id alone that it gave it itself, where there is one and it fits.
    private static boolean isKnownByAnotherId(Receipt receipt, Receipted sent, String peer) {
        return sent.tempId() != null && !sent.tempId().equals(sent.messageId()) && RoutingKeys.ifItFits(
                () -> RoutingKeys.clientUpdated(receipt.app(), sent.sender(), peer, sent.tempId())) != null;
    }

    private static ObjectNode patch(Payloads payloads, String sender, String messageId) {
        return payloads.newObject().put("timelineOf", sender).put("message_id", messageId)
                .put("status", Status.RETURN_RECEIPT);
    }

    @Override
    public EventType type() {
        return EventType.MESSAGE_RETURN_RECEIPT;
    }

    @Override
    public void tell(WebhookEvents webhooks, Decision decision) {
        webhooks.returnReceipt(decision, receipt.app(), receipt.user(), sent.sender(), receipt.messageId(), patch, topic);
    }

    @Override
    public void tell(Analytics analytics, Connection connection, Decision decision) throws SQLException {
        analytics.returnReceipt(connection, decision, receipt);
    }
}

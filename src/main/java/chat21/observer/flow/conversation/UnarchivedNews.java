package chat21.observer.flow.conversation;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.flow.store.ConversationKey;
import chat21.observer.flow.store.Unarchived;
import chat21.observer.flow.store.Unarchiving;
import chat21.observer.message.Decision;
import chat21.observer.message.Payloads;
import chat21.observer.message.Publication;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;
import chat21.observer.protocol.RoutingKeys;

/**
 * Tells of a conversation that a message brought back from the archive: its owner's clients, whose list of archived ones
 * loses it, and webhooks. If the process ends between storing the message and telling of it, it is told when the message
 * comes again, as the same event.
 */
public final class UnarchivedNews implements Unarchiving {

    private final Payloads payloads;
    private final ConversationJson conversationJson;
    private final String exchange;
    private final WebhookEvents events;

    /** @param exchange the exchange that the inboxes are bound to */
    public UnarchivedNews(Payloads payloads, String exchange, WebhookEvents events) {
        this.payloads = payloads;
        this.conversationJson = new ConversationJson(payloads);
        this.exchange = exchange;
        this.events = events;
    }

    @Override
    public void unarchived(Connection connection, Decision decision, Unarchived what) throws SQLException {
        ConversationKey key = what.conversation();
        String topic = RoutingKeys.ifItFits(
                () -> RoutingKeys.archivedConversationDeleted(key.app(), key.owner(), key.peer()));
        if (topic != null) {
            decision.publish(Publication.json(exchange, topic,
                    payloads.write(payloads.newObject().put("key", key.peer()).put("conversWith", key.peer()))));
        }
        if (events.wants(EventType.CONVERSATION_UNARCHIVED)) {
            ConversationRow row = ConversationRow.find(connection, key.app(), key.owner(), key.peer());
            events.unarchived(decision, key.app(), key.owner(), key.peer(), what.messageId(),
                    conversationJson.write(key.owner(), key.peer(), row),
                    RoutingKeys.clientAdded(key.app(), key.owner(), key.peer()));
        }
    }
}

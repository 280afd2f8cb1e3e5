package chat21.observer.conversation;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.message.Payloads;
import chat21.observer.publish.Publication;
import chat21.observer.receive.Outcome;
import chat21.observer.store.ConversationKey;
import chat21.observer.store.Unarchived;
import chat21.observer.store.Unarchiving;
import chat21.observer.topic.RoutingKeys;
import chat21.observer.webhook.EventType;
import chat21.observer.webhook.WebhookEvents;

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
    public void unarchived(Connection connection, Outcome outcome, Unarchived what) throws SQLException {
        ConversationKey key = what.conversation();
        String topic = RoutingKeys.ifItFits(
                () -> RoutingKeys.archivedConversationDeleted(key.app(), key.owner(), key.peer()));
        if (topic != null) {
            outcome.publish(Publication.json(exchange, topic,
                    payloads.write(payloads.newObject().put("key", key.peer()).put("conversWith", key.peer()))));
        }
        if (events.wants(EventType.CONVERSATION_UNARCHIVED)) {
            ConversationRow row = ConversationRow.find(connection, key.app(), key.owner(), key.peer());
            events.unarchived(outcome, key.app(), key.owner(), key.peer(), what.messageId(),
                    conversationJson.write(key.owner(), key.peer(), row),
                    RoutingKeys.clientAdded(key.app(), key.owner(), key.peer()));
        }
    }
}

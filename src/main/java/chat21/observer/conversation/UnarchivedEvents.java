package chat21.observer.conversation;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.receive.Outcome;
import chat21.observer.store.ConversationKey;
import chat21.observer.store.Unarchiving;
import chat21.observer.topic.RoutingKeys;
import chat21.observer.webhook.EventType;
import chat21.observer.webhook.WebhookEvents;

/**
 * Tells webhooks of conversations that a new message brought back from the archive. If the process ends between storing
 * the message and telling of it, this event is lost: when the message comes again, the conversation is back already.
 */
public final class UnarchivedEvents implements Unarchiving {

    private final ConversationJson conversationJson;
    private final WebhookEvents events;

    public UnarchivedEvents(ConversationJson conversationJson, WebhookEvents events) {
        this.conversationJson = conversationJson;
        this.events = events;
    }

    @Override
    public boolean isWanted() {
        return events.wants(EventType.CONVERSATION_UNARCHIVED);
    }

    @Override
    public void unarchived(Connection connection, Outcome outcome, ConversationKey key) throws SQLException {
        ConversationRow row = ConversationRow.find(connection, key.app(), key.owner(), key.peer());
        events.unarchived(outcome, key.app(), key.owner(), key.peer(),
                conversationJson.write(key.owner(), key.peer(), row),
                RoutingKeys.clientAdded(key.app(), key.owner(), key.peer()));
    }
}

package chat21.observer.flow.conversation;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.flow.inbox.News;
import chat21.observer.flow.inbox.ToldToInboxes;
import chat21.observer.message.Decision;
import chat21.observer.out.event.Event;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;
import chat21.observer.protocol.RoutingKeys;
import chat21.observer.protocol.Topic.Archive;

/**
 * A conversation that has left the list of open ones for that of archived ones.
 *
 * @param conversation it as clients read it
 * @param body         the same as it is written
 */
public record ArchivedConversation(Archive topic, ObjectNode conversation, byte[] body) implements ToldToInboxes, Event {

    @Override
    public List<News> news() {
        return List.of(new News(topic.app(), topic.user(), topic.peer(), body));
    }

    @Override
    public EventType type() {
        return EventType.CONVERSATION_ARCHIVED;
    }

    @Override
    public void tell(WebhookEvents webhooks, Decision decision) {
        webhooks.archived(decision, topic.app(), topic.user(), topic.peer(), conversation,
                RoutingKeys.conversationDeleted(topic.app(), topic.user(), topic.peer()));
    }
}

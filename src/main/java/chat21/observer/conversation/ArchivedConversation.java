package chat21.observer.conversation;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.event.Event;
import chat21.observer.inbox.News;
import chat21.observer.inbox.ToldToInboxes;
import chat21.observer.receive.Outcome;
import chat21.observer.topic.RoutingKeys;
import chat21.observer.topic.Topic.Archive;
import chat21.observer.webhook.EventType;
import chat21.observer.webhook.WebhookEvents;

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
    public void tell(WebhookEvents webhooks, Outcome outcome) {
        webhooks.archived(outcome, topic.app(), topic.user(), topic.peer(), conversation,
                RoutingKeys.conversationDeleted(topic.app(), topic.user(), topic.peer()));
    }
}

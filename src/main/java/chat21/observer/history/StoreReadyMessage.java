package chat21.observer.history;

import java.util.List;

import chat21.observer.event.Event;
import chat21.observer.inbox.News;
import chat21.observer.inbox.ToldToInboxes;
import chat21.observer.receive.Outcome;
import chat21.observer.store.Change;
import chat21.observer.topic.RoutingKeys;
import chat21.observer.webhook.EventType;
import chat21.observer.webhook.WebhookEvents;

/**
 * A ready message is to be stored in one inbox.
 *
 * @param merge whether its fields replace those of the same message that are stored already
 * @param copy  what the inbox's clients read of it; null where it is not delivered
 */
public record StoreReadyMessage(ReadyMessage message, boolean merge, byte[] copy) implements Change, ToldToInboxes, Event {

    @Override
    public String name() {
        return "store-ready-message";
    }

    /** Whether the inbox's clients are to read it. */
    public boolean isDelivered() {
        return copy != null;
    }

    @Override
    public List<News> news() {
        return List.of(new News(message.app(), message.owner(), message.peer(), copy));
    }

    @Override
    public EventType type() {
        return EventType.MESSAGE_DELIVERED;
    }

    @Override
    public void tell(WebhookEvents webhooks, Outcome outcome) {
        webhooks.delivered(outcome, message.app(), message.owner(), message.recipient(), message.messageId(), copy,
                RoutingKeys.clientAdded(message.app(), message.owner(), message.peer()));
    }
}

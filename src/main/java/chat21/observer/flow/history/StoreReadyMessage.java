package chat21.observer.flow.history;

import java.util.List;

import chat21.observer.flow.inbox.News;
import chat21.observer.flow.inbox.ToldToInboxes;
import chat21.observer.message.Change;
import chat21.observer.message.Decision;
import chat21.observer.out.event.Event;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;
import chat21.observer.protocol.RoutingKeys;

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
    public void tell(WebhookEvents webhooks, Decision decision) {
        webhooks.delivered(decision, message.app(), message.owner(), message.recipient(), message.messageId(), copy,
                RoutingKeys.clientAdded(message.app(), message.owner(), message.peer()));
    }
}

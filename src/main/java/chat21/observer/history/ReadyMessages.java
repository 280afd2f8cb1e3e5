package chat21.observer.history;

import java.sql.Connection;
import java.sql.SQLException;

import io.micrometer.core.instrument.Counter;

import chat21.observer.message.Payloads;
import chat21.observer.publish.Publication;
import chat21.observer.receive.Delivery;
import chat21.observer.receive.Outcome;
import chat21.observer.store.Deleted;
import chat21.observer.store.RowKeys;
import chat21.observer.store.Unarchiving;
import chat21.observer.topic.RoutingKeys;
import chat21.observer.topic.Topic.Delivered;
import chat21.observer.topic.Topic.Persist;
import chat21.observer.webhook.WebhookEvents;

/**
 * What back ends put into inboxes themselves, ready made: protocol section 2, {@code delivered} and {@code persist}. What is
 * older than a deletion of its user or its group's messages stays away.
 */
public final class ReadyMessages {

    private final Payloads payloads;
    private final String exchange;
    private final ReadyMessageStore store;
    private final WebhookEvents events;
    private final Counter dropped;

    /**
     * @param exchange the exchange that the inboxes are bound to
     * @param dropped  counts those that are older than a deletion
     */
    public ReadyMessages(Payloads payloads, String exchange, WebhookEvents events, RowKeys keys,
            Unarchiving unarchiving, Counter dropped) {
        this.dropped = dropped;
        this.payloads = payloads;
        this.exchange = exchange;
        this.store = new ReadyMessageStore(payloads, keys, unarchiving);
        this.events = events;
    }

    /**
     * Stores a ready message in one inbox and announces it there; what is stored of the message already stays as it is.
     *
     * @throws chat21.observer.refuse.Refusal naming the field and the rule if the message is not ready
     */
    public Delivery deliver(Delivery delivery) {
        Delivered topic = (Delivered) delivery.topic();
        ReadyMessage message = ReadyMessage.of(topic.app(), topic.user(), topic.peer(),
                payloads.read(delivery.body()));
        message.json().put("status", message.status());
        String routingKey = RoutingKeys.clientAdded(topic.app(), topic.user(), topic.peer());
        byte[] body = payloads.write(message.completed(message.json()));
        delivery.outcome().add((connection, outcome) -> {
            if (isDeleted(connection, outcome, message)) {
                return;
            }
            outcome.publish(Publication.json(exchange, routingKey, body));
            events.delivered(outcome, topic.app(), topic.user(), message.recipient(), message.messageId(), body, routingKey);
            store.store(connection, outcome, message, false);
        });
        return delivery;
    }

    /**
     * Stores a ready message in one inbox, without delivering it; its fields are merged into what is stored.
     *
     * @throws chat21.observer.refuse.Refusal naming the field and the rule if the message is not ready
     */
    public Delivery persist(Delivery delivery) {
        Persist topic = (Persist) delivery.topic();
        ReadyMessage message = ReadyMessage.of(topic.app(), topic.user(), topic.peer(),
                payloads.read(delivery.body()));
        payloads.write(message.json());
        delivery.outcome().add((connection, outcome) -> {
            if (!isDeleted(connection, outcome, message)) {
                store.store(connection, outcome, message, true);
            }
        });
        return delivery;
    }

    private boolean isDeleted(Connection connection, Outcome outcome, ReadyMessage m) throws SQLException {
        boolean deleted = Deleted.isOlder(connection, m.app(), m.owner(), m.peer(), m.timestamp());
        if (deleted) {
            outcome.afterwards(dropped::increment);
        }
        return deleted;
    }
}

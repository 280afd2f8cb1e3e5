package chat21.observer.flow.history;

import java.sql.Connection;
import java.sql.SQLException;

import io.micrometer.core.instrument.Counter;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.message.Deleted;
import chat21.observer.message.Delivery;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.RoutingKeys;
import chat21.observer.protocol.Topic.Delivered;
import chat21.observer.protocol.Topic.Persist;

/**
 * What back ends put into inboxes themselves, ready made: protocol section 2, {@code delivered} and {@code persist}. What is
 * older than a deletion of its user or its group's messages stays away.
 */
public final class ReadyMessages {

    private final Payloads payloads;
    private final Counter dropped;

    /** @param dropped counts those that are older than a deletion */
    public ReadyMessages(Payloads payloads, Counter dropped) {
        this.dropped = dropped;
        this.payloads = payloads;
    }

    /**
     * Reads a ready message that is to be stored in one inbox and announced there; what is stored of the message already
     * stays as it is.
     *
     * @throws chat21.observer.protocol.Refusal naming the field and the rule if the message is not ready
     */
    public StoreReadyMessage readDelivered(Delivery delivery) {
        Delivered topic = (Delivered) delivery.topic();
        ReadyMessage message = ReadyMessage.of(topic.app(), topic.user(), topic.peer(),
                payloads.read(delivery.body()));
        message.json().put("status", message.status());
        RoutingKeys.clientAdded(topic.app(), topic.user(), topic.peer());
        return new StoreReadyMessage(message, false, payloads.write(message.completed(message.json())));
    }

    /**
     * Reads a ready message that is to be stored in one inbox, without being delivered; its fields are merged into what is
     * stored.
     *
     * @throws chat21.observer.protocol.Refusal naming the field and the rule if the message is not ready
     */
    public StoreReadyMessage readPersisted(Delivery delivery) {
        Persist topic = (Persist) delivery.topic();
        ReadyMessage message = ReadyMessage.of(topic.app(), topic.user(), topic.peer(),
                payloads.read(delivery.body()));
        payloads.write(message.json());
        return new StoreReadyMessage(message, true, null);
    }

    /**
     * Looks whether what it is about was deleted since.
     *
     * @return null if it was: then nothing comes of it
     */
    public StoreReadyMessage find(@Body StoreReadyMessage change,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection,
            @ExchangeProperty(Refusals.DELIVERY) Delivery delivery) throws SQLException {
        ReadyMessage m = change.message();
        if (Deleted.isOlder(connection, m.app(), m.owner(), m.peer(), m.timestamp())) {
            delivery.decision().afterwards(dropped::increment);
            return null;
        }
        return change;
    }
}

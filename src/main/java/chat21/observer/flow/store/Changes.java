package chat21.observer.flow.store;

import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.engine.refuse.Refusals;
import chat21.observer.message.Change;
import chat21.observer.message.Delivery;

/** Notes changes until their batch is stored. */
public final class Changes {

    /** Lets a batch make the change that one of its deliveries asks for. */
    public Change keep(@Body Change change, @ExchangeProperty(Refusals.DELIVERY) Delivery delivery) {
        delivery.decision().add(change);
        return change;
    }
}

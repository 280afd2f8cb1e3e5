package chat21.observer.store;

import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.receive.Delivery;
import chat21.observer.refuse.Refusals;

/** Notes changes until their batch is stored. */
public final class Changes {

    /** Lets a batch make the change that one of its deliveries asks for. */
    public Change keep(@Body Change change, @ExchangeProperty(Refusals.DELIVERY) Delivery delivery) {
        delivery.outcome().add(change);
        return change;
    }
}

package chat21.observer.engine.refuse;

import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.database.DatabaseAway;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** Turns what a route threw into the refusal of the delivery that it was working on. */
public final class Refusals {

    /** The exchange property that holds the delivery, on whatever part of it a route works. */
    public static final String DELIVERY = "delivery";

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /**
     * Refuses the exchange's delivery for the reason that was thrown.
     *
     * @throws DatabaseAway if that was the reason: the delivery waits, with its batch
     */
    public void refuse(Exchange exchange) {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (thrown instanceof DatabaseAway away) {
            throw away;
        }
        exchange.getProperty(DELIVERY, Delivery.class).decision().refuse(refusalOf(thrown));
    }

    /** Says that nothing after the exchange's delivery is to be decided: its batch waits for what is away. */
    public void interrupt(Exchange exchange) {
        exchange.getProperty(DELIVERY, Delivery.class).decision().interrupt();
    }

    /** Refuses the exchange's delivery because no route handles its topic, and says what is wrong with that. */
    public void refuseUnknown(Exchange exchange) {
        Delivery delivery = exchange.getProperty(DELIVERY, Delivery.class);
        try {
            delivery.topic();
            delivery.decision().refuse(new Refusal(Reason.UNKNOWN_TOPIC, "no route handles " + delivery.routingKey()));
        } catch (Refusal e) {
            delivery.decision().refuse(e);
        }
    }

    /** The refusal that was thrown, or one that says which error kept a step from working. */
    public static Refusal refusalOf(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Refusal refusal) {
                return refusal;
            }
        }
        // The error may quote the message, which does not belong in the log; the dead letter says all.
        LOG.warn("A message could not be processed and goes to the dead letters: {}", thrown.getClass().getName());
        LOG.debug("The error was", thrown);
        return new Refusal(Reason.PROCESSING_FAILED, String.valueOf(thrown));
    }
}

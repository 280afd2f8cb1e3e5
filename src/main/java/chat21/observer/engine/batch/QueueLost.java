package chat21.observer.engine.batch;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.message.Delivery;

/** Says that another consumer has taken over the queues of some deliveries, so that these must not be stored here. */
public final class QueueLost extends RuntimeException {

    private static final Logger LOG = LoggerFactory.getLogger(QueueLost.class);

    private final transient List<Delivery> deliveries;

    public QueueLost(List<Delivery> deliveries) {
        super(deliveries.stream().map(Delivery::queue).distinct().collect(Collectors.joining(", ")) + " was taken over",
                null, false, false);
        this.deliveries = List.copyOf(deliveries);
    }

    /** The one that made a batch fail, or null. */
    public static QueueLost in(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof QueueLost lost) {
                return lost;
            }
        }
        return null;
    }

    /** Leaves the deliveries to the new owner: their channels are closed, which begins a consumer anew as last in line. */
    public void giveBack() {
        for (Delivery delivery : deliveries) {
            try {
                delivery.channel().abort();
            } catch (IOException | RuntimeException e) {
                // Then it is gone already.
                LOG.debug("channel not closed", e);
            }
        }
    }
}

package chat21.observer.engine.publish;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.message.Publication;

/** Counts what is given up since the broker does not take it, its queue being full or away, and says so once a minute. */
final class Untaken {

    private static final Logger LOG = LoggerFactory.getLogger(Untaken.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final MeterRegistry meters;
    private long unsaid;
    private long lastSaid = System.nanoTime() - QUIET_NANOS;

    Untaken(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The broker did not take it, time after time. */
    void refused(Publication publication) {
        count(publication, "refused");
    }

    /** The broker did not take it, and then took what comes after it in its conversation. */
    void overtaken(Publication publication) {
        count(publication, "overtaken");
    }

    // Its exchange or its queue are this application's own, so their number is bounded.
    private synchronized void count(Publication publication, String reason) {
        String to = publication.exchange().isEmpty() ? publication.routingKey() : publication.exchange();
        meters.counter("chat21_publications_given_up", "to", to, "reason", reason).increment();
        unsaid++;
        if (System.nanoTime() - lastSaid >= QUIET_NANOS) {
            LOG.warn("The broker does not take all that is published to {}: a queue is full, or its node is away. {} given "
                    + "up; what is for inboxes stands in history.", to, unsaid);
            lastSaid = System.nanoTime();
            unsaid = 0;
        }
    }
}

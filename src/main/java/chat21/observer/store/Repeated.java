package chat21.observer.store;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Upkeep of the database that is done again and again in a thread of its own; where it fails, it is tried again a second
 * later.
 */
public final class Repeated implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

    private static final long AFTER_FAILURE_NS = 1_000_000_000;

    private final String name;
    private final Step step;
    private long failedAt = System.nanoTime() - AFTER_FAILURE_NS;
    private final ScheduledExecutorService thread;

    /** What is done each time. */
    @FunctionalInterface
    public interface Step {
        void run() throws SQLException;
    }

    /**
     * Begins after the first interval.
     *
     * @param name       that of the thread
     * @param intervalMs from the end of a step to the beginning of the next
     */
    public Repeated(String name, long intervalMs, Step step) {
        this.name = name;
        this.step = step;
        thread = Executors.newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", name, true));
        thread.scheduleWithFixedDelay(this::run, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }

    private void run() {
        if (System.nanoTime() - failedAt < AFTER_FAILURE_NS) {
            return;
        }
        try {
            step.run();
        } catch (SQLException | RuntimeException e) {
            failedAt = System.nanoTime();
            LOG.debug("{} tries again later", name, e);
        }
    }

    /** Returns when no step is going on any more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("{} does not end", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package chat21.observer.upkeep;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of upkeep that is done again and again in a thread of its own, whatever it throws. Where it fails, the log says so
 * once a cause, and it is tried again a second later at the earliest.
 */
public final class Repeated implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

    private static final long AFTER_FAILURE_NS = 1_000_000_000;
    private static final long END_MS = 60_000;

    private final String name;
    private final Step step;
    private long failedAt = System.nanoTime() - AFTER_FAILURE_NS;
    // That of the last failure; null while all goes well.
    private String cause;
    private final ScheduledExecutorService thread;

    /** What is done each time. */
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    /**
     * Begins after the first interval.
     *
     * @param name       that of the thread
     * @param intervalMs from the end of a step to the beginning of the next
     */
    public Repeated(String name, long intervalMs, Step step) {
        this(name, intervalMs, intervalMs, step);
    }

    private Repeated(String name, long firstMs, long intervalMs, Step step) {
        this.name = name;
        this.step = step;
        thread = Executors.newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", name, true));
        thread.scheduleWithFixedDelay(this::run, firstMs, intervalMs, TimeUnit.MILLISECONDS);
    }

    /** A step that is done at once for the first time. */
    public static Repeated fromNowOn(String name, long intervalMs, Step step) {
        return new Repeated(name, 0, intervalMs, step);
    }

    // The executor would drop a step that throws, and nobody would hear of it.
    private void run() {
        if (System.nanoTime() - failedAt < AFTER_FAILURE_NS) {
            return;
        }
        try {
            step.run();
            if (cause != null) {
                LOG.info("{} goes on", name);
                cause = null;
            }
        } catch (Exception | Error e) {
            failedAt = System.nanoTime();
            tell(e);
        }
    }

    private void tell(Throwable thrown) {
        try {
            String now = describe(thrown);
            if (!now.equals(cause)) {
                cause = now;
                LOG.warn("{} fails, and is tried again: {}", name, now);
            }
            LOG.debug("{} failed by", name, thrown);
        } catch (Exception | Error e) {
            // Out of memory, most likely. The step is what matters.
            cause = null;
        }
    }

    // A database quotes the values that it does not like, and these may be texts of messages.
    private static String describe(Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : thrown.getMessage().lines().findFirst().orElse("");
        if (thrown instanceof SQLException sql && sql.getSQLState() != null) {
            return thrown.getClass().getSimpleName() + " with SQL state " + sql.getSQLState();
        }
        return thrown instanceof SQLException || thrown instanceof IOException || thrown instanceof Error
                ? thrown.getClass().getSimpleName() + ": " + message : thrown.getClass().getName();
    }

    /** Returns when no step is going on any more. */
    @Override
    public void close() {
        close(END_MS);
    }

    /** Returns when no step is going on any more, or after that time in ms at the latest. */
    public void close(long atMostMs) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(atMostMs, TimeUnit.MILLISECONDS)) {
                LOG.info("{} does not end", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

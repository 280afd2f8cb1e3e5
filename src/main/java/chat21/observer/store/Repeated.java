package chat21.observer.store;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes and compacts the file of embedded H2 again and again, in small steps between which transactions go on. */
final class Compaction implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final long INTERVAL_MS = 100;

    private final Step step;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread created = new Thread(work, "chat21-compaction");
        created.setDaemon(true);
        return created;
    });

    /** A step that need not come to pass. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    Compaction(Step step) {
        this.step = step;
        thread.scheduleWithFixedDelay(this::run, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            step.run();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The database's file is compacted later", e);
        }
    }

    /** Returns when no step is going on any more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("The compaction of the database's file does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

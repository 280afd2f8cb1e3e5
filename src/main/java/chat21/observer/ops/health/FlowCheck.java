package chat21.observer.ops.health;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import chat21.observer.engine.batch.BatchQueue;

/**
 * Ready only while messages move: whatever holds a batch up for long, such as a lock in the database or a broker that is
 * short of memory and takes nothing from publishers, shows here, though database and broker answer.
 */
public final class FlowCheck extends AbstractHealthCheck {

    private final BatchQueue batchQueue;
    private final long stuckAfterMs;

    /** @param stuckAfterMs how long one batch may take */
    public FlowCheck(BatchQueue batchQueue, long stuckAfterMs) {
        super("chat21", "flow");
        this.batchQueue = batchQueue;
        this.stuckAfterMs = stuckAfterMs;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        long busyMs = batchQueue.busyMs();
        if (busyMs > stuckAfterMs) {
            builder.message("a batch of messages has been waiting for " + busyMs + " ms").down();
        } else {
            builder.up();
        }
    }
}

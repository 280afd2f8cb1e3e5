package chat21.observer.ops.health;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import chat21.observer.engine.batch.BatchRunner;
import chat21.observer.engine.partition.MessageQueues;

/**
 * Alive only while nothing has ended that the flow cannot live without and that only a new start brings back. Asks nobody, and
 * so never waits.
 */
public final class LifeCheck extends AbstractHealthCheck {

    private final BatchRunner runner;
    private final MessageQueues queues;

    public LifeCheck(BatchRunner runner, MessageQueues queues) {
        super("chat21", "life");
        this.runner = runner;
        this.queues = queues;
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (runner.isDead()) {
            builder.message("a thread that works on batches has ended; start the process again").down();
        } else if (queues.isChangeDead()) {
            builder.message("the change of the partitions has broken off; start the process again").down();
        } else {
            builder.up();
        }
    }
}

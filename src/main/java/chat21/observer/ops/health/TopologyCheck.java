package chat21.observer.ops.health;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import chat21.observer.engine.partition.TopologyWatch;

/** Ready only while queues, bindings and consumers are there at the broker; asks nobody itself. */
public final class TopologyCheck extends AbstractHealthCheck {

    private final TopologyWatch watch;

    public TopologyCheck(TopologyWatch watch) {
        super("chat21", "topology");
        this.watch = watch;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String problem = watch.problem();
        if (problem == null) {
            builder.up();
        } else {
            builder.message(problem).down();
        }
    }
}

package chat21.observer.ops.health;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready only once messages are taken in. */
public final class StartCheck extends AbstractHealthCheck {

    private volatile boolean started;

    public StartCheck() {
        super("chat21", "start");
    }

    /** Says that they are. */
    public void started() {
        started = true;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (started) {
            builder.up();
        } else {
            builder.message("it is still starting").down();
        }
    }
}

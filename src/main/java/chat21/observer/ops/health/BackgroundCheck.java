package chat21.observer.ops.health;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import chat21.observer.upkeep.Repeated;

/**
 * A check of readiness that asks another system again and again on a thread of its own. Whoever wants to know gets the latest
 * answer at once, however long the other system takes.
 */
public abstract class BackgroundCheck extends AbstractHealthCheck implements AutoCloseable {

    private static final long INTERVAL_MS = 500;
    private static final long OVERDUE_MS = 3_000;
    private static final long END_MS = 100;

    private final String what;
    private Repeated asking;
    private volatile long asked = System.nanoTime();
    private volatile boolean waiting = true;
    private volatile String problem;

    /** @param what the other system, as a message names it */
    BackgroundCheck(String id, String what) {
        super("chat21", id);
        this.what = what;
        this.problem = what + " was not asked yet";
    }

    /** Begins to ask. */
    public void start() {
        asking = Repeated.fromNowOn("chat21-health-" + getId(), INTERVAL_MS, this::ask);
    }

    /** What is wrong, in words; null if nothing is. It may take its time, within bounds. */
    abstract String problem();

    private void ask() {
        asked = System.nanoTime();
        waiting = true;
        try {
            problem = problem();
        } catch (RuntimeException e) {
            problem = what + " cannot be asked";
            throw e;
        } finally {
            waiting = false;
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        long silentMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
        String now = waiting && silentMs > OVERDUE_MS ? what + " has not answered for " + silentMs + " ms" : problem;
        if (now == null) {
            builder.up();
        } else {
            builder.message(now).down();
        }
    }

    @Override
    public void close() {
        if (asking != null) {
            asking.close(END_MS);
        }
    }
}

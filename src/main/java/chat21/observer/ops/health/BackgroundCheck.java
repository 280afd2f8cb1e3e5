package chat21.observer.ops.health;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import chat21.observer.database.Database;
import chat21.observer.engine.broker.Connections;
import chat21.observer.upkeep.Repeated;

/**
 * A check of readiness that asks another system again and again on a thread of its own. Whoever wants to know gets the latest
 * answer at once, however long the other system takes.
 */
public final class BackgroundCheck extends AbstractHealthCheck implements AutoCloseable {

    private static final long INTERVAL_MS = 500;
    private static final long OVERDUE_MS = 3_000;
    private static final long END_MS = 100;

    // What a statement that only asks may take.
    private static final int DATABASE_TIMEOUT_S = 2;

    private final String what;
    private final Supplier<String> asked;
    private Repeated asking;
    private volatile long askedAt = System.nanoTime();
    private volatile boolean waiting = true;
    private volatile String problem;

    /**
     * A check of one other system.
     *
     * @param what  the other system, as a message names it
     * @param asked says what is wrong, in words, or null if nothing is; it may take its time, within bounds
     */
    BackgroundCheck(String id, String what, Supplier<String> asked) {
        super("chat21", id);
        this.what = what;
        this.asked = asked;
        this.problem = what + " was not asked yet";
    }

    /** Ready only while the database answers. */
    public static BackgroundCheck ofDatabase(Database database) {
        return new BackgroundCheck("database", "the database", () -> {
            String problem = database.problem(DATABASE_TIMEOUT_S);
            return problem == null ? null : "the database cannot be reached, or does not answer: " + problem;
        });
    }

    /** Ready only while the broker is connected and takes messages. */
    public static BackgroundCheck ofBroker(Connections connections, String address) {
        String broker = "the broker at " + address;
        return new BackgroundCheck("broker", broker, () -> {
            String problem = connections.problem();
            return problem != null ? broker + " cannot be reached: " + problem
                    : connections.isBlocked() ? broker + " takes nothing from publishers" : null;
        });
    }

    /** Begins to ask. */
    public void start() {
        asking = Repeated.fromNowOn("chat21-health-" + getId(), INTERVAL_MS, this::ask);
    }

    private void ask() {
        askedAt = System.nanoTime();
        waiting = true;
        try {
            problem = asked.get();
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
        long silentMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedAt);
        ProblemCheck.told(builder,
                waiting && silentMs > OVERDUE_MS ? what + " has not answered for " + silentMs + " ms" : problem);
    }

    @Override
    public void close() {
        if (asking != null) {
            asking.close(END_MS);
        }
    }
}

package chat21.observer.ops.health;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.batch.BatchRunner;
import chat21.observer.engine.partition.MessageQueues;

/** A check of health that is down while something tells of a problem. It asks nobody else, and so never waits. */
public final class ProblemCheck extends AbstractHealthCheck {

    private final BooleanSupplier ofReadiness;
    private final boolean ofLiveness;
    private final Supplier<String> problem;

    private ProblemCheck(String id, BooleanSupplier ofReadiness, boolean ofLiveness, Supplier<String> problem) {
        super("chat21", id);
        this.ofReadiness = ofReadiness;
        this.ofLiveness = ofLiveness;
        this.problem = problem;
    }

    /** A check without which this process is not ready; a problem is a sentence, or null. */
    public static ProblemCheck ofReadiness(String id, Supplier<String> problem) {
        return new ProblemCheck(id, () -> true, false, problem);
    }

    /** A check that tells of what leaves the flow ready and alive. */
    public static ProblemCheck ofTold(String id, Supplier<String> problem) {
        return ofTold(id, () -> false, problem);
    }

    /** A check that tells of what leaves the flow alive, and ready once it {@code keepsFromReady} no more. */
    public static ProblemCheck ofTold(String id, BooleanSupplier keepsFromReady, Supplier<String> problem) {
        return new ProblemCheck(id, keepsFromReady, false, problem);
    }

    /**
     * Ready only while messages move: whatever holds a batch up for long, such as a lock in the database or a broker that is
     * short of memory and takes nothing from publishers, shows here, though database and broker answer.
     *
     * @param stuckAfterMs how long one batch may take
     */
    public static ProblemCheck ofFlow(BatchQueue batches, long stuckAfterMs) {
        return ofReadiness("flow", () -> {
            long busyMs = batches.busyMs();
            return busyMs > stuckAfterMs ? "a batch of messages has been waiting for " + busyMs + " ms" : null;
        });
    }

    /** Alive only while nothing has ended that the flow cannot live without and that only a new start brings back. */
    public static ProblemCheck ofLife(BatchRunner runner, MessageQueues queues) {
        return new ProblemCheck("life", () -> true, true, () ->
                runner.isDead() ? "a thread that works on batches has ended; start the process again"
                : queues.hasMissedChange() ? "other nodes have changed the number of partitions; start the process again with theirs"
                : null);
    }

    @Override
    public boolean isReadiness() {
        return ofReadiness.getAsBoolean();
    }

    @Override
    public boolean isLiveness() {
        return ofLiveness;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        told(builder, problem.get());
    }

    /** Answers up where there is no problem, else down with it. */
    static void told(HealthCheckResultBuilder builder, String problem) {
        if (problem == null) {
            builder.up();
        } else {
            builder.message(problem).down();
        }
    }
}

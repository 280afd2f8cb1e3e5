package chat21.observer.flow.policy;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/** Tells a policy of messages, in their order, from a thread of its own. What does not fit its bounds is lost, and counted. */
final class BesideFlow implements AutoCloseable {

    private static final long STOP_MS = 1_000;

    private final long mostBytes;
    private final PolicyMeters meters;
    private final AtomicLong bytes = new AtomicLong();
    private final PolicyFailures failures;
    private final ThreadPoolExecutor thread;

    BesideFlow(String policy, PolicySettings settings, MeterRegistry meters) {
        this.mostBytes = settings.besideBytes();
        this.meters = new PolicyMeters(meters, policy);
        this.failures = new PolicyFailures(policy, System::nanoTime);
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(settings.besideMessages()),
                new CamelThreadFactory("#name#", "chat21-policy-" + policy, true));
    }

    /** Never waits, and never fails. */
    void tell(Question question, InFlow.Asking asking) {
        if (bytes.addAndGet(question.bytes()) > mostBytes) {
            bytes.addAndGet(-question.bytes());
            meters.count("lost");
            return;
        }
        try {
            thread.execute(() -> run(question, asking));
        } catch (RejectedExecutionException e) {
            bytes.addAndGet(-question.bytes());
            meters.count("lost");
        }
    }

    private void run(Question question, InFlow.Asking asking) {
        try {
            asking.ask(question);
            failures.succeeded();
            meters.count("done");
        } catch (Exception | LinkageError | StackOverflowError e) {
            meters.count("failed");
            failures.add(e);
        } finally {
            bytes.addAndGet(-question.bytes());
        }
    }

    /** What to say of the policy while it fails, or null. */
    String problem() {
        return failures.problem();
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow().forEach(lost -> meters.count("lost"));
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

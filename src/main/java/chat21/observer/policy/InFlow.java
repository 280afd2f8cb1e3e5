package chat21.observer.policy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;

/**
 * Asks a policy while the flow waits, for a bounded time. One that does not answer is switched off at once, for longer
 * each time, so that the flow, which goes on one thread, stands still once for the bound and not once a message.
 */
final class InFlow implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InFlow.class);
    // Several partitions may ask at once; those that hang keep a thread until they end.
    private static final int MOST_THREADS = 16;

    private final String policy;
    private final PolicySettings settings;
    private final PolicyMeters meters;
    private final CircuitBreaker breaker;
    private final ThreadPoolExecutor threads;

    /** Asks the policy itself. */
    interface Asking {
        Verdict ask(Question question) throws Exception;
    }

    InFlow(String policy, PolicySettings settings, MeterRegistry meters) {
        this.policy = policy;
        this.settings = settings;
        this.meters = new PolicyMeters(meters, policy);
        breaker = CircuitBreaker.of(policy, CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(1).minimumNumberOfCalls(1).permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(
                        Duration.ofMillis(settings.offMs()), 2, Duration.ofMillis(settings.maxOffMs())))
                .build());
        threads = new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "chat21-policy-" + policy);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws Refusal if the policy fails, or does not answer and is to refuse then */
    Verdict ask(Question question, Asking asking) {
        if (!breaker.tryAcquirePermission()) {
            meters.count("off");
            return withoutAnswer(question, "is switched off for a while, since it did not answer");
        }
        Future<Verdict> answer = null;
        try {
            answer = threads.submit(() -> asking.ask(question));
            Verdict verdict = answer.get(settings.timeoutMs(), TimeUnit.MILLISECONDS);
            breaker.onSuccess(0, TimeUnit.MILLISECONDS);
            meters.count("done");
            return verdict;
        } catch (ExecutionException e) {
            breaker.onSuccess(0, TimeUnit.MILLISECONDS);
            meters.count("failed");
            // The error may quote the message, which does not belong in the log; the dead letter says all.
            LOG.warn("The policy {} failed: {}", policy, e.getCause().getClass().getName());
            LOG.debug("The error was", e.getCause());
            throw new Refusal(Reason.POLICY_FAILED, "policy " + policy + ": " + e.getCause());
        } catch (TimeoutException | RejectedExecutionException e) {
            breaker.onError(0, TimeUnit.MILLISECONDS, e);
            meters.count("hung");
            LOG.warn("The policy {} did not answer within {} ms and is switched off for a while", policy,
                    settings.timeoutMs());
            return withoutAnswer(question, "did not answer within " + settings.timeoutMs() + " ms");
        } catch (InterruptedException e) {
            breaker.releasePermission();
            throw new IllegalStateException("interrupted while a policy was asked", e);
        } finally {
            if (answer != null) {
                answer.cancel(true);
            }
        }
    }

    private Verdict withoutAnswer(Question question, String why) {
        if (settings.refuseOnHang()) {
            throw new Refusal(Reason.POLICY_FAILED, "policy " + policy + " " + why);
        }
        return Verdict.unchanged(question);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

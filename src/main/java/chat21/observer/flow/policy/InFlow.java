package chat21.observer.flow.policy;

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
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/**
 * Asks a policy while the flow waits, for a bounded time. One that does not answer is switched off at once, for longer
 * each time, so that the flow, which goes on one thread, stands still once for the bound and not once a message. One that
 * fails is switched off so, too, when it has failed a number of times in succession.
 */
final class InFlow implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InFlow.class);
    // Several partitions may ask at once; those that hang keep a thread until they end.
    private static final int MOST_THREADS = 16;

    private final String policy;
    private final PolicySettings settings;
    private final PolicyMeters meters;
    private final PolicyFailures failures;
    private final CircuitBreaker breaker;
    private final ThreadPoolExecutor threads;
    // Why it is off, if it is.
    private volatile boolean hung;

    /** Asks the policy itself. */
    interface Asking {
        Verdict ask(Question question) throws Exception;
    }

    InFlow(String policy, PolicySettings settings, MeterRegistry meters) {
        this.policy = policy;
        this.settings = settings;
        this.meters = new PolicyMeters(meters, policy);
        this.failures = new PolicyFailures(policy, System::nanoTime);
        breaker = CircuitBreaker.of(policy, CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(1).minimumNumberOfCalls(1).permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(
                        Duration.ofMillis(settings.offMs()), 2, Duration.ofMillis(settings.maxOffMs())))
                .build());
        threads = new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
                new CamelThreadFactory("#name#", "chat21-policy-" + policy, true));
    }

    /** @throws Refusal if the policy fails or does not answer, and is to refuse then */
    Verdict ask(Question question, Asking asking) {
        if (!breaker.tryAcquirePermission()) {
            meters.count("off");
            return withoutAnswer(question, hung ? settings.refuseOnHang() : settings.refuseOnFailure(),
                    "is switched off for a while, since it " + (hung ? "did not answer" : "failed"));
        }
        Future<Verdict> answer = null;
        try {
            answer = threads.submit(() -> asking.ask(question));
            Verdict verdict = answer.get(settings.timeoutMs(), TimeUnit.MILLISECONDS);
            failures.succeeded();
            breaker.onSuccess(0, TimeUnit.MILLISECONDS);
            meters.count("done");
            return verdict;
        } catch (ExecutionException e) {
            meters.count("failed");
            failed(e.getCause());
            // The dead letter says all, the log does not: the error may quote the message.
            Throwable error = e.getCause() instanceof PolicyFailed failed ? failed.getCause() : e.getCause();
            return withoutAnswer(question, settings.refuseOnFailure(), ": " + error);
        } catch (TimeoutException | RejectedExecutionException e) {
            breaker.onError(0, TimeUnit.MILLISECONDS, e);
            hung = true;
            meters.count("hung");
            LOG.warn("The policy {} did not answer within {} ms and is switched off for a while", policy,
                    settings.timeoutMs());
            return withoutAnswer(question, settings.refuseOnHang(), "did not answer within " + settings.timeoutMs() + " ms");
        } catch (InterruptedException e) {
            breaker.releasePermission();
            throw new IllegalStateException("interrupted while a policy was asked", e);
        } finally {
            if (answer != null) {
                answer.cancel(true);
            }
        }
    }

    private void failed(Throwable error) {
        failures.add(error);
        if (failures.inSuccession() < settings.maxFailures()) {
            breaker.onSuccess(0, TimeUnit.MILLISECONDS);
            return;
        }
        hung = false;
        breaker.onError(0, TimeUnit.MILLISECONDS, error);
        if (failures.inSuccession() == settings.maxFailures()) {
            LOG.warn("The policy {} failed {} times in succession and is switched off for a while", policy,
                    settings.maxFailures());
        }
    }

    /** What to say of the policy while it fails or is switched off, or null. */
    String problem() {
        if (failures.problem() != null || breaker.getState() == CircuitBreaker.State.CLOSED) {
            return failures.problem();
        }
        return "the policy " + policy + " did not answer within " + settings.timeoutMs() + " ms";
    }

    private Verdict withoutAnswer(Question question, boolean refuse, String why) {
        if (refuse) {
            throw new Refusal(Reason.POLICY_FAILED, "policy " + policy + (why.startsWith(":") ? "" : " ") + why);
        }
        return Verdict.unchanged(question);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

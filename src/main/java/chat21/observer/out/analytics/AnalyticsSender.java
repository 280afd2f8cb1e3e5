package chat21.observer.out.analytics;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what the buffer holds from a thread of its own, and waits for the analytics broker as long as it takes. */
final class AnalyticsSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AnalyticsSender.class);
    private static final int MOST_AT_ONCE = 200;
    private static final long POLL_MS = 200;
    private static final long STOP_MS = 2_000;

    private final AnalyticsBuffer buffer;
    private final Publisher publisher;
    private final long firstPauseMs;
    private final long maxPauseMs;
    private final Counter sent;
    private final Counter failures;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "chat21-analytics");

    /** Where events go. */
    interface Publisher extends AutoCloseable {
        /** Returns when all are sent; connects anew where it must. */
        void publish(List<AnalyticsEvent> events) throws Exception;

        @Override
        void close();
    }

    AnalyticsSender(AnalyticsBuffer buffer, Publisher publisher, long firstPauseMs, long maxPauseMs,
            MeterRegistry meters) {
        this.buffer = buffer;
        this.publisher = publisher;
        this.firstPauseMs = firstPauseMs;
        this.maxPauseMs = maxPauseMs;
        sent = Counter.builder("chat21_analytics_events_sent").description("Analytics events that the broker confirmed")
                .register(meters);
        failures = Counter.builder("chat21_analytics_failures")
                .description("Tries to send analytics events that failed").register(meters);
        // Nothing waits for analytics, the end of the process neither.
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Gives what is left a moment to be sent. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (publisher) {
            while (true) {
                List<AnalyticsEvent> events = buffer.take(MOST_AT_ONCE, POLL_MS);
                if (events.isEmpty() && isStopped()) {
                    return;
                }
                if (!events.isEmpty() && !send(events)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Tries until they are sent, or the application stops while they cannot be.
    private boolean send(List<AnalyticsEvent> events) throws InterruptedException {
        long pauseMs = firstPauseMs;
        while (true) {
            try {
                publisher.publish(events);
                sent.increment(events.size());
                if (pauseMs > firstPauseMs) {
                    LOG.info("The analytics broker takes events again");
                }
                return true;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | Error e) {
                // An Error too: nobody would start this thread again.
                failures.increment();
                if (pauseMs == firstPauseMs) {
                    LOG.warn("The analytics broker takes no events, chat goes on: {}", e.toString());
                }
                LOG.debug("The error was", e);
                if (stopped.await(pauseMs, TimeUnit.MILLISECONDS)) {
                    return false;
                }
                pauseMs = Math.min(pauseMs * 2, maxPauseMs);
            }
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }
}

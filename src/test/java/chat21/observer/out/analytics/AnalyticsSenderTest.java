package chat21.observer.out.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class AnalyticsSenderTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AnalyticsBuffer buffer = new AnalyticsBuffer(3, meters);
    private final Broker broker = new Broker();
    private final AnalyticsSender sender = new AnalyticsSender(buffer, broker, 1, 5, meters);

    @Test
    void eventsArriveInOrderOnceTheBrokerTakesThemAgain() {
        broker.refusals.set(5);
        buffer.accept(event("one"));
        buffer.accept(event("two"));

        sender.start();

        await().untilAsserted(() -> assertThat(broker.projects()).containsExactly("one", "two"));
        await().untilAsserted(() -> assertThat(meters.counter("chat21_analytics_events_sent").count()).isEqualTo(2));
        sender.close();
        assertThat(broker.closed).isTrue();
    }

    @Test
    void anErrorEndsNothingAndIsCounted() {
        broker.errors.set(3);
        buffer.accept(event("one"));

        sender.start();

        await().untilAsserted(() -> assertThat(broker.projects()).containsExactly("one"));
        assertThat(meters.counter("chat21_analytics_failures").count()).isEqualTo(3);
        sender.close();
    }

    @Test
    void aFullBufferDropsWhatIsNewAndCountsIt() {
        for (int i = 0; i < 5; i++) {
            buffer.accept(event("p" + i));
        }

        assertThat(meters.counter("chat21_analytics_events_dropped").count()).isEqualTo(2);
        assertThat(meters.get("chat21_analytics_events_waiting").gauge().value()).isEqualTo(3);
        sender.start();
        await().untilAsserted(() -> assertThat(broker.projects()).containsExactly("p0", "p1", "p2"));
        sender.close();
    }

    @Test
    void whatIsLeftAtAStopIsSent() {
        sender.start();
        buffer.accept(event("last"));

        sender.close();

        assertThat(broker.projects()).containsExactly("last");
    }

    @Test
    void aStopDoesNotWaitForABrokerThatIsAway() {
        broker.refusals.set(Integer.MAX_VALUE);
        AnalyticsSender patient = new AnalyticsSender(buffer, broker, 60_000, 60_000, meters);
        buffer.accept(event("lost"));
        patient.start();
        await().until(() -> broker.tried.getCount() == 0);

        long before = System.nanoTime();
        patient.close();

        assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(2_000);
        assertThat(broker.closed).isTrue();
    }

    private static AnalyticsEvent event(String project) {
        return new AnalyticsEvent(UUID.randomUUID(), "message.delivered", Instant.EPOCH, project,
                JsonNodeFactory.instance.objectNode());
    }

    /** Refuses so many times, then takes everything. */
    private static final class Broker implements AnalyticsSender.Publisher {
        private final AtomicInteger refusals = new AtomicInteger();
        private final AtomicInteger errors = new AtomicInteger();
        private final CountDownLatch tried = new CountDownLatch(1);
        private final List<AnalyticsEvent> taken = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        @Override
        public void publish(List<AnalyticsEvent> events) throws IOException {
            tried.countDown();
            if (errors.getAndDecrement() > 0) {
                throw new OutOfMemoryError("for the test");
            }
            if (refusals.getAndDecrement() > 0) {
                throw new IOException("away");
            }
            taken.addAll(events);
        }

        List<String> projects() {
            return taken.stream().map(AnalyticsEvent::project).toList();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

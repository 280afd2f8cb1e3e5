package chat21.observer.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueDepthsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<Function<String, Long>> broker = new AtomicReference<>();
    private final QueueDepths depths =
            new QueueDepths(Map.of("messages", "messages.1"), queue -> broker.get().apply(queue), meters);

    @AfterEach
    void stop() {
        depths.close();
    }

    @Test
    void aDepthFollowsTheBrokerAndIsUnknownWhileItIsAway() {
        broker.set(queue -> queue.equals("messages.1") ? 7L : null);
        depths.start(5);
        await().untilAsserted(() -> assertThat(depth()).isEqualTo(7));

        broker.set(queue -> {
            throw new IllegalStateException("away");
        });
        await().untilAsserted(() -> assertThat(depth()).isNaN());

        broker.set(queue -> 3L);
        await().untilAsserted(() -> assertThat(depth()).isEqualTo(3));
    }

    @Test
    void readingDoesNotWaitForABrokerThatDoesNotAnswer() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        broker.set(queue -> {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 1L;
        });
        depths.start(5);
        asked.await();

        assertThat(depth()).isNaN();
    }

    private double depth() {
        return meters.get("chat21_queue_messages").tag("queue", "messages").gauge().value();
    }
}

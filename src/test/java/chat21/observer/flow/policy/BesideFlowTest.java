package chat21.observer.flow.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class BesideFlowTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch go = new CountDownLatch(1);
    private final Queue<Object> told = new ConcurrentLinkedQueue<>();

    @Test
    void whatDoesNotFitTheQueueIsLostAndCountedAndTheRestComesInOrder() {
        try (BesideFlow policy = beside(2, 1_000)) {
            policy.tell(question("1", 1), this::wait);
            await().until(() -> told.contains("1"));
            for (String text : new String[] {"2", "3", "4", "5"}) {
                policy.tell(question(text, 1), this::wait);
            }
            go.countDown();
            await().untilAsserted(() -> assertThat(told).containsExactly("1", "2", "3"));
        }
        assertThat(count("lost")).isEqualTo(2);
    }

    @Test
    void whatPassesTheBytesIsLost() {
        try (BesideFlow policy = beside(100, 1_000)) {
            policy.tell(question("large", 1_001), this::wait);
            policy.tell(question("small", 1_000), this::wait);
            go.countDown();
            await().untilAsserted(() -> assertThat(told).containsExactly("small"));
        }
        assertThat(count("lost")).isEqualTo(1);
    }

    private BesideFlow beside(int messages, long bytes) {
        return new BesideFlow("beside", new PolicySettings(1, false, true, 10, 1, 1, messages, bytes), meters);
    }

    private Verdict wait(Question question) throws InterruptedException {
        told.add(question.json().get("text"));
        go.await();
        return null;
    }

    private static Question question(String text, int bytes) {
        return new Question(Map.of("text", text), Map.of(), null, bytes);
    }

    private double count(String outcome) {
        return meters.find("chat21_policy_calls").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count).sum();
    }
}

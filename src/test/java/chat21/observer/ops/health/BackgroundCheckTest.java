package chat21.observer.ops.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundCheckTest {

    private final AtomicReference<Supplier<String>> answer = new AtomicReference<>(() -> null);
    private final BackgroundCheck check = new BackgroundCheck("test", "the other", () -> answer.get().get());

    @AfterEach
    void stop() {
        check.close();
    }

    @Test
    void whatWasNotAskedYetIsNotWell() {
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(check.call().getMessage()).contains("the other was not asked yet");
    }

    @Test
    void itFollowsTheOther() {
        check.start();
        await().until(() -> check.call().getState() == HealthCheck.State.UP);

        answer.set(() -> "it is away");
        await().untilAsserted(() -> assertThat(check.call(Map.of()).getMessage()).contains("it is away"));

        answer.set(() -> null);
        await().until(() -> check.call().getState() == HealthCheck.State.UP);
    }

    @Test
    void nobodyWaitsForOneThatDoesNotAnswer() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        answer.set(() -> {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        check.start();
        asked.await();

        // This returns at all, and later tells how long there was no answer.
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        await().untilAsserted(() ->
                assertThat(check.call().getMessage().orElse("")).contains("the other has not answered for"));
        never.countDown();
    }
}

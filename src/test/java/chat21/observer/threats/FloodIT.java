package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.HonestPair;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** One sender sends very much at once, while others chat. */
class FloodIT {

    private static final int FLOOD = 10_000;
    // The flood itself takes some seconds, on a machine that also sends it and reads it.
    private static final Duration WITHOUT_LIMIT = Duration.ofSeconds(20);
    private static final Duration WITH_LIMIT = Duration.ofSeconds(8);

    private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final ObserverSettings settings = ObserverSettings.at(TestBroker.shared());

    @Test
    void othersChatOnWhileOneSendsTenThousandMessagesAtOnce() {
        try (TestObserver observer = settings.startHere(); HonestPair honest = new HonestPair(observer.broker(), app);
                ChatClient mallory = ChatClient.of("mallory").app(app).connect(observer.broker())) {
            flood(mallory);

            mallory.awaitCount(FLOOD, r -> r.topic().endsWith("/clientadded"));
            assertThat(p99(honest.end())).isLessThan(Patience.of(WITHOUT_LIMIT));
            assertThat(observer.deadLetters()).isZero();
        }
    }

    @Test
    void aRateLimitKeepsAFloodFromDelayingOthers() {
        settings.set("chat21.rate-limit.capacity", "BUCKET_MSG_CAPACITY", "200")
                .set("chat21.rate-limit.refill-per-minute", "BUCKET_MSG_REFILL_RATE_PER_MIN", "6000");
        try (TestObserver observer = settings.startHere(); HonestPair honest = new HonestPair(observer.broker(), app);
                ChatClient mallory = ChatClient.of("mallory").app(app).connect(observer.broker())) {
            flood(mallory);

            assertThat(observer.awaitDeadLetter().reason()).isEqualTo("rate-limited");
            assertThat(p99(honest.end())).isLessThan(Patience.of(WITH_LIMIT));
            assertThat(observer.deadLetters()).isGreaterThan(1_000);
        }
    }

    private static void flood(ChatClient mallory) {
        CompletableFuture.allOf(IntStream.range(0, FLOOD).mapToObj(i -> mallory.sendLater("ben", "{\"text\":\"" + i + "\"}"))
                .toArray(CompletableFuture[]::new))
                .orTimeout(Patience.seconds(120).toSeconds(), TimeUnit.SECONDS).join();
    }

    private static Duration p99(List<Long> micros) {
        Duration p99 = Duration.ofNanos(micros.get((int) (micros.size() * 0.99)) * 1_000);
        System.out.printf("[FLOOD] %d honest messages, p99 %d ms%n", micros.size(), p99.toMillis());
        return p99;
    }
}

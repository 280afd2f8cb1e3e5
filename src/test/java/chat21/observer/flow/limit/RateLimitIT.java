package chat21.observer.flow.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.DeadLetter;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

class RateLimitIT {

    private static final String REFUSED = "chat21_messages_refused_total{reason=\"rate-limited\"}";

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @Test
    void excessGoesToTheDeadLettersWhileOthersChat() {
        try (TestObserver observer = limitedToTwo("dead-letter");
                ChatClient sender = ChatClient.connect(observer.broker(), alice);
                ChatClient recipient = ChatClient.connect(observer.broker(), bob)) {
            sender.send(bob, "{\"text\":\"one\"}");
            sender.send(bob, "{\"text\":\"two\"}");
            sender.send(bob, "{\"text\":\"three\"}");
            recipient.send(alice, "{\"text\":\"mine\"}");

            sender.awaitMessage(bob, "mine");
            DeadLetter letter = observer.awaitDeadLetter();
            assertThat(letter.reason()).isEqualTo("rate-limited");
            assertThat(letter.text()).isEqualTo("{\"text\":\"three\"}");
            assertThat(recipient.received(r -> r.json() != null && r.json().path("sender").asText().equals(alice)))
                    .extracting(r -> r.json().path("text").textValue()).containsExactly("one", "two");
            await().untilAsserted(() -> assertThat(observer.management().metric(REFUSED)).isEqualTo(1));
        }
    }

    @Test
    void droppedExcessIsCountedAndLeavesNothing() {
        try (TestObserver observer = limitedToTwo("drop");
                ChatClient sender = ChatClient.connect(observer.broker(), alice)) {
            for (int i = 0; i < 5; i++) {
                sender.send(bob, "{\"text\":\"" + i + "\"}");
            }

            await().untilAsserted(() -> assertThat(observer.management().metric(REFUSED)).isEqualTo(3));
            assertThat(observer.deadLetters()).isZero();
        }
    }

    private static TestObserver limitedToTwo(String onExcess) {
        return ObserverSettings.at(TestBroker.shared())
                .set("chat21.rate-limit.capacity", "BUCKET_MSG_CAPACITY", "2")
                .set("chat21.rate-limit.refill-per-minute", "BUCKET_MSG_REFILL_RATE_PER_MIN", "1")
                .set("chat21.rate-limit.on-excess", "RATE_LIMIT_ON_EXCESS", onExcess)
                .startHere();
    }
}

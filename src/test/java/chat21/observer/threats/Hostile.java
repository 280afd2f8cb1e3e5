package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.DeadLetter;
import chat21.observer.testing.ObserverOfClass;

/** A hostile client with a least-scope token, two honest neighbours, and what each test asks: who was harmed? */
abstract class Hostile extends ObserverOfClass {

    ChatClient mallory;
    ChatClient anna;
    ChatClient ben;

    @BeforeAll
    void connect() {
        mallory = ChatClient.of("mallory").app(app).connect(observer.broker());
        anna = ChatClient.of("anna").app(app).connect(observer.broker());
        ben = ChatClient.of("ben").app(app).connect(observer.broker());
    }

    @AfterAll
    void disconnect() {
        Stream.of(mallory, anna, ben).filter(Objects::nonNull).forEach(ChatClient::close);
    }

    /** What mallory does is refused with that reason, counted, and harms nobody. */
    DeadLetter assertRefused(String reason, Consumer<ChatClient> attempt) {
        String metric = "chat21_messages_refused_total{reason=\"" + reason + "\"}";
        double before = observer.management().metric(metric);
        attempt.accept(mallory);
        DeadLetter letter = observer.awaitDeadLetter();
        assertThat(letter.reason()).as(letter.header("x-detail")).isEqualTo(reason);
        assertThat(letter.header("x-detail")).isNotBlank();
        assertNeighboursChat();
        await().untilAsserted(() -> assertThat(observer.management().metric(metric)).isEqualTo(before + 1));
        return letter;
    }

    /** What mallory publishes on the way to a recipient is refused with that reason. */
    DeadLetter assertRefused(String reason, String recipient, String payload) {
        return assertRefused(reason, client -> client.send(recipient, payload));
    }

    /** A message of an honest user arrives, and so does all that came before it. */
    void assertNeighboursChat() {
        String text = UUID.randomUUID().toString();
        anna.send("ben", "{\"text\":\"" + text + "\"}");
        ben.awaitMessage("anna", text);
    }
}

package chat21.observer.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.rabbitmq.client.Channel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

class DropInIT {

    private static final List<String> OBSERVER =
            List.of("rabbitmq.read:*/*/*", "rabbitmq.write:*/*/*", "rabbitmq.configure:*/*/*");

    private final TestBroker broker = TestBroker.shared();
    private final ObserverSettings settings = ObserverSettings.at(broker);

    @ParameterizedTest
    @ValueSource(strings = {"?heartbeat=60", "", "/%2F?heartbeat=60"})
    @Tag("broker")
    void aTokenInTheAddressOfTheBrokerLogsTheObserverIn(String end) {
        String token = new TokenSigner(TestBroker.JWT_KEY)
                .sign("tilechat", "observer", TokenSigner.Role.ADMIN, OBSERVER, Duration.ofDays(1));
        String alice = "alice-" + UUID.randomUUID();
        String uri = "amqp://ignored:" + token + "@127.0.0.1:" + broker.amqpPort() + end;

        try (TestObserver observer = settings.set("chat21.broker.uri", "RABBITMQ_URI", uri).startHere();
                ChatClient client = ChatClient.connect(broker, alice)) {
            client.send("bob", "{\"text\":\"hello\"}");
            client.send("bob", "not JSON");

            client.awaitMessage("bob", "hello");
            assertThat(observer.awaitDeadLetter().text()).isEqualTo("not JSON");
        }
    }

    @Test
    void ofSeveralAddressesTheOneThatAnswersIsUsedForAll() {
        String alice = "alice-" + UUID.randomUUID();
        String uri = " amqp://guest:guest@127.0.0.1:1,localhost:" + broker.amqpPort() + "/ ";

        try (TestObserver observer = settings.set("chat21.broker.uri", "RABBITMQ_URI", uri)
                .set("chat21.analytics.enabled", "ANALYTICS_ENABLED", "true")
                .set("chat21.analytics.exchange", "ANALYTICS_EXCHANGE", settings.messagesQueue()).startHere();
                ChatClient client = ChatClient.connect(broker, alice)) {
            client.send("bob", "{\"text\":\"hello\"}");
            client.send("bob", "not JSON");

            client.awaitMessage("bob", "hello");
            assertThat(observer.awaitDeadLetter().text()).isEqualTo("not JSON");
            assertThat(observer.management().isReady()).isTrue();
        }
    }

    @Test
    void aQueueThatAnotherProgramMadeStopsTheStartWithOneSentenceThatSaysWhatToDo() throws Exception {
        String queue = settings.messagesQueue();
        try (AmqpClient other = AmqpClient.at(broker); Channel channel = other.connection().createChannel()) {
            channel.queueDeclare(queue, true, false, false, Map.of());

            assertThatThrownBy(settings::startHere).hasStackTraceContaining("The broker at 127.0.0.1:"
                    + broker.amqpPort() + " has a queue " + queue + " that was made otherwise"
                    + " (x-single-active-consumer differs), as by chat21-server or with another setting:"
                    + " set QUEUE_MESSAGES to another name, or delete that queue once it is empty,"
                    + " or set QUEUE_SINGLE_ACTIVE_CONSUMER to false to take it over as it is.");
        }
    }

    @Test
    @Tag("broker")
    void aQueueOfChat21ServerIsTakenOverWithWhatWaitsInIt() throws Exception {
        String queue = settings.messagesQueue();
        String alice = "alice-" + UUID.randomUUID();
        try (AmqpClient old = AmqpClient.at(broker); Channel channel = old.connection().createChannel()) {
            channel.queueDeclare(queue, true, false, false, Map.of());
            channel.queueBind(queue, "amq.topic", "apps.tilechat.outgoing.#");
            channel.queueBind(queue, "amq.topic", "apps.tilechat.users.#.update");
        }
        try (ChatClient client = ChatClient.connect(broker, alice)) {
            client.send("bob", "{\"text\":\"before the move\"}");

            try (TestObserver observer = settings.set("chat21.queues.single-active-consumer",
                    "QUEUE_SINGLE_ACTIVE_CONSUMER", "false").startHere()) {
                client.send("bob", "{\"text\":\"after\"}");

                client.awaitMessage("bob", "after");
                assertThat(client.received(r -> r.event().equals("clientadded")))
                        .extracting(r -> r.json().path("text").textValue()).containsExactly("before the move", "after");
                assertThat(observer.deadLetters()).isZero();
            }
        }
    }

    @Test
    void whatRunsAlongStoresAndLeavesTheMessagesToChat21Server() throws Exception {
        String alice = "alice-" + UUID.randomUUID();
        settings.set("chat21.active-queues", "ACTIVE_QUEUES", "persist")
                .set("chat21.queues.single-active-consumer", "QUEUE_SINGLE_ACTIVE_CONSUMER", "false");
        try (TestObserver observer = settings.startHere(); ChatClient client = ChatClient.connect(broker, alice)) {
            client.send("bob", "{\"text\":\"live\"}");
            observer.amqp().publish("apps.observer.tilechat.users." + alice + ".messages.bob.persist",
                    "{\"message_id\":\"" + alice + "\",\"sender\":\"" + alice + "\",\"recipient\":\"bob\","
                            + "\"text\":\"live\",\"status\":100,\"timestamp\":1600000000000}");

            await().untilAsserted(() -> assertThat(observer.database().column(
                    "select message_id from timeline where timeline_of = ?", alice)).containsExactly(alice));
            assertThat(observer.amqp().ready(settings.messagesQueue())).isPositive();
            assertThat(client.received(r -> r.event().equals("clientadded"))).isEmpty();
        }
    }
}

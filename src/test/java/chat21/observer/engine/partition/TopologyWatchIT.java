package chat21.observer.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.UUID;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** What somebody removes at the broker on an exchange that is not the broker's own. */
@Tag("broker")
class TopologyWatchIT {

    private static final String EXCHANGE = "watched-" + UUID.randomUUID();

    private static AmqpClient amqp;
    private static ObserverSettings settings;
    private static TestObserver observer;

    @BeforeAll
    static void start() throws Exception {
        amqp = AmqpClient.at(TestBroker.shared());
        try (Channel channel = amqp.connection().createChannel()) {
            channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.TOPIC, true);
        }
        settings = ObserverSettings.at(TestBroker.shared())
                .set("chat21.broker.exchange", "BROKER_EXCHANGE", EXCHANGE)
                .set("chat21.broker.watch-interval-ms", "BROKER_WATCH_INTERVAL_MS", "500");
        observer = settings.startHere();
    }

    @AfterAll
    static void stop() {
        if (observer != null) {
            observer.close();
        }
        amqp.deleteExchange(EXCHANGE);
        amqp.close();
    }

    @Test
    void anExchangeThatIsDeletedIsMadeAgainWithAllThatWasBoundToIt() throws Exception {
        amqp.deleteExchange(EXCHANGE);

        awaitLoss("exchange");
        await().untilAsserted(() -> {
            try (Channel channel = amqp.connection().createChannel()) {
                channel.basicPublish(EXCHANGE, "apps.tilechat.outgoing.users.alice.messages.bob.outgoing",
                        MessageProperties.PERSISTENT_BASIC, "no JSON".getBytes());
            }
            assertThat(observer.deadLetters()).as("what is published is heard").isPositive();
        });
    }

    @Test
    void aConsumerThatIsGoneWithoutAWordIsStartedAnew() throws Exception {
        Field field = observer.camel().getRoute("consume-persist").getConsumer().getClass()
                .getDeclaredField("listenerContainer");
        field.setAccessible(true);
        ((MessageListenerContainer) field.get(observer.camel().getRoute("consume-persist").getConsumer())).stop();
        assertThat(amqp.consumers(settings.persistQueue())).isZero();

        awaitLoss("consumer");
        await().untilAsserted(() -> assertThat(amqp.consumers(settings.persistQueue())).isEqualTo(1));
    }

    @Test
    void aQueueThatTheBrokerDoesNotGiveIsToldWithItsReasonAndIsNoLoss() {
        String queue = settings.deadLettersQueue();
        try (AmqpClient other = AmqpClient.at(TestBroker.shared())) {
            // As one whose node is away, it can neither be looked at nor made.
            await().ignoreExceptions().until(() -> {
                amqp.delete(queue);
                return other.connection().createChannel().queueDeclare(queue, false, true, false, null) != null;
            });
            await().untilAsserted(() -> assertThat(observer.management().get("health/ready").body())
                    .contains("not to be had at the broker", queue, "RESOURCE_LOCKED"));
            double losses = losses("queue");
            await().during(Duration.ofMillis(1_500)).until(() -> losses("queue") == losses);
        }
        observer.management().awaitReady();
        assertThat(amqp.ready(queue)).as("it is made again").isNotNegative();
    }

    private static void awaitLoss(String what) {
        await().untilAsserted(() -> assertThat(losses(what)).isPositive());
    }

    private static double losses(String what) {
        return observer.management().metric("chat21_topology_losses_total{what=\"" + what + "\"}");
    }
}

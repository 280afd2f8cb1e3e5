package chat21.observer.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.amqp.core.Queue;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;

/** What the order of the flow rests on: a queue with a single active consumer gives back in place what was not acknowledged. */
@Tag("broker")
class RedeliveryOrderIT {

    private static final int PREFETCH = 50;
    private static final int MESSAGES = 200;

    private final String name = "order-" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    void consumersThatCloseTheirChannelsOneAfterTheOtherLoseNoMessageItsPlace(QueueType type) throws Exception {
        Queue queue = new Topology(type, "amq.topic", name, name, true, "dead-letters", 1).queueOfMessages(name, true);
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared())) {
            Connection connection = amqp.connection();
            List<Consumer> consumers = new ArrayList<>();
            try (Channel channel = connection.createChannel()) {
                channel.queueDeclare(name, true, false, false, queue.getArguments());
                channel.confirmSelect();
                for (int i = 0; i < MESSAGES; i++) {
                    channel.basicPublish("", name, null, String.valueOf(i).getBytes());
                }
                channel.waitForConfirmsOrDie(Patience.seconds(30).toMillis());
                for (int i = 0; i < 4; i++) {
                    consumers.add(new Consumer(connection));
                }
            }

            int acknowledged = 0;
            for (int i = 0; i < 3; i++) {
                Consumer active = consumers.get(i);
                await().until(() -> active.received.size() >= PREFETCH);
                active.acknowledge(10 + 5 * i);
                await().until(() -> active.received.size() >= PREFETCH + 5);
                active.assertOrderedFrom(acknowledged, i > 0);
                acknowledged += 10 + 5 * i;
                active.channel.close();
            }
            Consumer last = consumers.get(3);
            last.acknowledgeAll(MESSAGES - acknowledged);
            last.assertOrderedFrom(acknowledged, true);

            amqp.delete(name);
        }
    }

    private final class Consumer {
        private final Channel channel;
        private final List<Delivery> received = new CopyOnWriteArrayList<>();

        Consumer(Connection connection) throws IOException {
            channel = connection.createChannel();
            channel.basicQos(PREFETCH);
            channel.basicConsume(name, false, (tag, delivery) -> received.add(delivery), tag -> { });
        }

        void acknowledge(int count) throws IOException {
            channel.basicAck(received.get(count - 1).getEnvelope().getDeliveryTag(), true);
        }

        void acknowledgeAll(int count) throws IOException {
            for (int done = 0; done < count; done = received.size()) {
                int before = done;
                await().until(() -> received.size() > before);
                acknowledge(received.size());
            }
        }

        void assertOrderedFrom(int first, boolean redelivered) {
            for (int i = 0; i < received.size(); i++) {
                assertThat(new String(received.get(i).getBody())).isEqualTo(String.valueOf(first + i));
            }
            assertThat(received.get(0).getEnvelope().isRedeliver()).isEqualTo(redelivered);
        }
    }
}

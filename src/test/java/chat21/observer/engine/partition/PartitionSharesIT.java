package chat21.observer.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.engine.broker.BrokerSettings;
import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.broker.MissingPlugin;
import chat21.observer.engine.broker.QueueType;
import chat21.observer.engine.broker.Topology;
import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.TestBroker;

/** How the broker spreads messages over the partitions. */
@Tag("broker")
class PartitionSharesIT {

    private static final int QUEUES = 12;
    private static final int KEYS = 300;

    private final Partitions partitions = new Partitions("messages", QUEUES);

    @Test
    void aSenderStaysWithItsQueueWhenTheBrokerStartsAgain() throws Exception {
        try (TestBroker broker = TestBroker.start()) {
            try (Connections connections = Connections.to(new BrokerSettings(broker.amqpUri()));
                    Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21", "", 2,
                            5_000, false))) {
                Topology topology = new Topology(QueueType.CLASSIC, "amq.topic", "messages", "persist", true,
                        "dead-letters", 100);
                new MessageQueues(partitions, topology, connections.consuming(), new Nodes(database, partitions, true, 500),
                        true).declare(1_000);
            }
            Map<String, String> before = queuesByKey(broker);
            assertThat(before).hasSize(KEYS);
            assertThat(before.values()).containsAll(partitions.queues());

            for (int restart = 0; restart < 2; restart++) {
                broker.stop();
                broker.restart();

                assertThat(queuesByKey(broker)).isEqualTo(before);
            }
        }
    }

    @Test
    void aBrokerWithoutThePluginIsToldApart() {
        try (Connections connections = Connections.to(new BrokerSettings(TestBroker.shared().amqpUri()))) {
            Throwable thrown = catchThrowable(() -> new RabbitAdmin(connections.consuming()).getRabbitTemplate()
                    .execute(channel -> channel.exchangeDeclare("none", "x-modulus-hash-of-a-missing-plugin")));

            assertThat(MissingPlugin.in(thrown)).hasValueSatisfying(plugin -> assertThat(plugin.sentence("localhost:5672"))
                    .isEqualTo("The broker at localhost:5672 lacks the plugin rabbitmq_sharding, which"
                            + " spreads messages over several queues: run rabbitmq-plugins enable"
                            + " rabbitmq_sharding on each of its nodes, or set PARTITIONS to 1."));
        }
    }

    private Map<String, String> queuesByKey(TestBroker broker) throws Exception {
        Map<String, String> queues = new LinkedHashMap<>();
        try (AmqpClient amqp = AmqpClient.at(broker)) {
            for (int i = 0; i < KEYS; i++) {
                amqp.publish("apps.a.outgoing.users.user" + i + ".messages.bob.outgoing", "{}");
            }
            try (Channel channel = amqp.connection().createChannel()) {
                for (String queue : partitions.queues()) {
                    for (GetResponse got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
                        queues.put(got.getEnvelope().getRoutingKey(), queue);
                    }
                }
            }
        }
        return queues;
    }
}

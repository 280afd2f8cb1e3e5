package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;

import com.rabbitmq.client.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestPostgres;

/** The number of partitions changes with a restart, while people go on writing. */
class PartitionChangeIT {

    private static final int PER_SECOND = 200;

    private final ObserverSettings settings = ObserverSettings.at(TestBroker.shared())
            .database(TestPostgres.shared().newDatabase());
    private final AmqpClient amqp = AmqpClient.at(TestBroker.shared());

    @AfterEach
    void removeQueues() {
        settings.removeQueues(amqp);
        amqp.close();
    }

    @Test
    void aChangeUnderLoadLosesDoublesAndReordersNothing() throws Exception {
        try (ObserverProcess first = with(1).startProcess().awaitReady(); Crowd crowd = new Crowd(settings, PER_SECOND)) {
            crowd.awaitMore(PER_SECOND);
            first.terminate();
            change(crowd, 4);
            change(crowd, 1);
            try (ObserverProcess last = with(2).startProcess().awaitReady()) {
                awaitPartitions(2);
                crowd.awaitMore(PER_SECOND);

                crowd.assertNothingLostDoubledOrOutOfOrder();
                assertThat(crowd.doubled()).isZero();
            }
        }
    }

    @Test
    @Tag("long")
    void aChangeThatIsKilledGoesOnWithTheNextStart() throws Exception {
        try (ObserverProcess first = with(2).startProcess().awaitReady(); Crowd crowd = new Crowd(settings, PER_SECOND)) {
            crowd.awaitMore(PER_SECOND);
            first.kill();
            crowd.awaitMore(3 * PER_SECOND);
            killAt(3, crowd, process -> process.output().contains("The partitions change"));
            killAt(3, crowd, process -> isThere(settings.messagesQueue() + ".changing"));
            killAt(3, crowd, process -> amqp.consumers(settings.messagesQueue() + ".2") >= 0);
            killAt(1, crowd, process -> amqp.consumers(settings.messagesQueue() + ".0") < 0);
            killAt(4, crowd, process -> amqp.consumers(settings.messagesQueue() + ".3") > 0);
            try (ObserverProcess last = with(2).startProcess().awaitReady()) {
                awaitPartitions(2);
                crowd.awaitMore(PER_SECOND);

                crowd.assertNothingLostDoubledOrOutOfOrder();
            }
        }
    }

    private interface Moment {
        boolean hasCome(ObserverProcess process) throws Exception;
    }

    private void killAt(int partitions, Crowd crowd, Moment moment) {
        try (ObserverProcess changing = with(partitions).startProcess()) {
            await("the moment to kill").atMost(Patience.seconds(180)).pollInterval(Duration.ofMillis(5))
                    .until(() -> moment.hasCome(changing));
            changing.kill();
        }
        crowd.awaitMore(PER_SECOND);
    }

    @Test
    void aNodeWithAnotherNumberThanTheOthersDoesNotStart() throws Exception {
        // The other waits so much less for consumers that may be gone; the one that runs keeps its connection.
        try (ObserverProcess running = with(2).startProcess().awaitReady();
                ObserverProcess other = settings.anotherNode().set("chat21.broker.heartbeat-s", "BROKER_HEARTBEAT_S", "1")
                        .set("chat21.partitions", "PARTITIONS", "3").startProcess()) {
            assertThat(running.output()).isNotEmpty();
            assertThat(other.awaitEnd()).isEqualTo(1);
            assertThat(other.errors()).startsWith("chat21-camel cannot start. The setting chat21.partitions is 3 (PARTITIONS),"
                    + " but other nodes consume " + settings.messagesQueue() + ".0");
        }
    }

    @Test
    void aNodeThatStoodStillWhileTheNumberChangedConsumesAndMakesNothingMore() throws Exception {
        settings.set("chat21.broker.heartbeat-s", "BROKER_HEARTBEAT_S", "1");
        try (ObserverProcess still = with(2).startProcess().awaitReady(); Crowd crowd = new Crowd(settings, PER_SECOND)) {
            crowd.awaitMore(PER_SECOND);
            still.pause();
            await("its connections are gone").until(() -> amqp.consumers(settings.messagesQueue() + ".1") == 0);
            try (ObserverProcess other = with(1).anotherNode().startProcess().awaitReady()) {
                awaitPartitions(1);
                still.resume();
                await("it says that only a new start helps")
                        .until(() -> still.management().get("health/live").status() == 503);
                crowd.awaitMore(2 * PER_SECOND);

                assertThat(amqp.consumers(settings.messagesQueue() + ".0")).as("is not made again").isNegative();
                crowd.assertNothingLostDoubledOrOutOfOrder();
                assertThat(other.management().isReady()).isTrue();
            }
        }
    }

    private void change(Crowd crowd, int partitions) throws IOException {
        crowd.awaitMore(PER_SECOND);
        try (ObserverProcess changed = with(partitions).startProcess().awaitReady()) {
            awaitPartitions(partitions);
            crowd.awaitMore(PER_SECOND);
            changed.terminate();
        }
    }

    private ObserverSettings with(int partitions) {
        return settings.set("chat21.partitions", "PARTITIONS", String.valueOf(partitions));
    }

    private void awaitPartitions(int count) {
        await(count + " partitions").pollInterval(Duration.ofMillis(200))
                .until(() -> !isThere(settings.messagesQueue() + ".changing") && (count == 1
                        ? amqp.consumers(settings.messagesQueue()) == 1 && amqp.consumers(settings.messagesQueue() + ".0") < 0
                        : amqp.consumers(settings.messagesQueue() + "." + (count - 1)) == 1
                                && amqp.consumers(settings.messagesQueue() + "." + count) < 0));
    }

    private boolean isThere(String exchange) throws Exception {
        Channel channel = amqp.connection().createChannel();
        try {
            channel.exchangeDeclarePassive(exchange);
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            channel.abort();
        }
    }
}

package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import com.rabbitmq.client.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;

/** Two nodes share four partitions; whatever becomes of one, each message comes to each inbox in its order. */
class PartitionsIT {

    private static final int PER_SECOND = 200;
    private static final int QUEUES = 4;

    private final TestDatabase database = TestPostgres.shared().newDatabase();
    private final ObserverSettings settings = ObserverSettings.at(TestBroker.shared()).database(database)
            .set("chat21.partitions", "PARTITIONS", String.valueOf(QUEUES))
            .set("chat21.partitions.balance-interval-ms", "PARTITIONS_BALANCE_INTERVAL_MS", "500");

    @AfterEach
    void removeQueues() {
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared())) {
            settings.removeQueues(amqp);
        }
    }

    @Test
    void nodesThatComeAndGoShareTheWorkAndNoCopyComesTwice() throws Exception {
        try (ObserverProcess one = settings.startProcess().awaitReady(); Crowd crowd = new Crowd(settings, PER_SECOND)) {
            crowd.awaitMore(PER_SECOND);
            try (ObserverProcess other = settings.anotherNode().startProcess().awaitReady()) {
                awaitShares(one, 2, other, 2);
                crowd.awaitMore(2 * PER_SECOND);
                one.terminate();
                awaitOwned(other, QUEUES);
                crowd.awaitMore(PER_SECOND);

                crowd.assertNothingLostDoubledOrOutOfOrder();
                assertThat(crowd.doubled()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    @Tag("broker")
    void theOtherNodeGoesOnWhereAKilledOneWas(String type) throws Exception {
        settings.set("chat21.queues.type", "QUEUE_TYPE", type);
        try (ObserverProcess one = settings.startProcess().awaitReady();
                ObserverProcess other = settings.anotherNode().startProcess().awaitReady();
                Crowd crowd = new Crowd(settings, PER_SECOND)) {
            awaitShares(one, 2, other, 2);
            crowd.awaitMore(2 * PER_SECOND);
            one.kill();
            awaitOwned(other, QUEUES);
            crowd.awaitMore(PER_SECOND);
            try (ObserverProcess third = settings.startProcess().awaitReady()) {
                awaitShares(other, 2, third, 2);
                crowd.awaitMore(PER_SECOND);
                other.kill();
                awaitOwned(third, QUEUES);
                crowd.awaitMore(PER_SECOND);

                crowd.assertNothingLostDoubledOrOutOfOrder();
            }
        }
    }

    @Test
    void aNodeThatStandsStillLosesItsQueuesAndStoresNothingMoreOfThem() throws Exception {
        try (ObserverProcess one = settings.startProcess().awaitReady();
                ObserverProcess other = settings.anotherNode().startProcess().awaitReady();
                Crowd crowd = new Crowd(settings, PER_SECOND)) {
            awaitShares(one, 2, other, 2);
            crowd.awaitMore(2 * PER_SECOND);
            one.pause();
            try {
                awaitOwned(other, QUEUES);
                crowd.awaitMore(2 * PER_SECOND);
            } finally {
                one.resume();
            }
            awaitShares(one, 2, other, 2);
            crowd.awaitMore(2 * PER_SECOND);

            crowd.assertNothingLostDoubledOrOutOfOrder();
        }
    }

    @Test
    void nodesShareTheWorkThoughTheBrokerHasNoQueueToCountThemBy() throws Exception {
        // As one whose home node is gone, it can neither be declared nor looked at.
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared()); Channel channel = amqp.connection().createChannel()) {
            channel.queueDeclare(settings.messagesQueue() + ".nodes", false, true, true, null);
            try (ObserverProcess one = settings.startProcess().awaitReady();
                    ObserverProcess other = settings.anotherNode().startProcess().awaitReady();
                    Crowd crowd = new Crowd(settings, PER_SECOND)) {
                awaitShares(one, 2, other, 2);
                crowd.awaitMore(PER_SECOND);

                crowd.assertNothingLostDoubledOrOutOfOrder();
            }
        }
    }

    private void awaitShares(ObserverProcess one, int ofOne, ObserverProcess other, int ofOther) {
        awaitOwned(one, ofOne);
        awaitOwned(other, ofOther);
    }

    private void awaitOwned(ObserverProcess node, int count) {
        await("owned by " + node.pid()).pollInterval(Duration.ofMillis(200))
                .until(() -> database.number("select count(*) from queue_owner where queue like ? and node like ?",
                        settings.messagesQueue() + ".%", node.pid() + "@%") == count);
    }
}

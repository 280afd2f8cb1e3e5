package chat21.observer.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.BrokerConnections;
import chat21.observer.testing.Management;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Relocation;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;

/** What becomes of messages when two nodes share four partitions, and the broker or the database fails both or one. */
class PartitionFaultsIT {

    private static final int QUEUES = 4;
    // So many that no node stays without messages.
    private static final int PAIRS = 16;

    private static TestBroker broker;
    private static TestDatabase database;
    private static ObserverSettings settings;
    private static Relocation way;
    private static List<ObserverProcess> nodes = List.of();

    private Traffic traffic;

    @BeforeAll
    static void startNodes() {
        database = TestPostgres.shared().newDatabase();
        broker = TestBroker.start();
        settings = ObserverSettings.at(broker).database(database)
                .set("chat21.health.stuck-after-ms", "HEALTH_STUCK_AFTER_MS", "1000")
                .set("chat21.partitions", "PARTITIONS", String.valueOf(QUEUES))
                .set("chat21.partitions.balance-interval-ms", "PARTITIONS_BALANCE_INTERVAL_MS", "500");
        way = new Relocation(TestPostgres.shared().port());
        ObserverSettings byTheWay = settings.anotherNode().database(database.at(way.port()))
                .set("chat21.database.connection-timeout-ms", "DATABASE_CONNECTION_TIMEOUT_MS", "2000")
                .set("chat21.database.give-up-after-ms", "DATABASE_GIVE_UP_AFTER_MS", "3000");
        // One after the other, since the first one makes the tables.
        nodes = List.of(settings.startProcess().awaitReady(), byTheWay.startProcess().awaitReady());
    }

    @AfterAll
    static void stopNodes() {
        nodes.forEach(ObserverProcess::close);
        if (way != null) {
            way.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void start() {
        traffic = Traffic.start(broker, database, PAIRS);
        // A queue has an owner once a message has come through it.
        awaitShares();
    }

    @AfterEach
    void stop() {
        traffic.close();
    }

    @Test
    void aBrokerThatIsKilledAndComesBackLosesNothing() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            broker.kill();
            management().forEach(Management::awaitNotReady);
            Fault.last();
            broker.restart();
            assertBackToNormal("the broker of two nodes is there again");
        }
        assertNothingLostDoubledOrOutOfOrder();
    }

    @Test
    void connectionsOfOneNodeOrOfBothThatAreCutLoseNothing() {
        BrokerConnections connections = new BrokerConnections(broker);
        for (int round = 0; round < Faults.ROUNDS; round++) {
            for (String name : List.of("chat21-receive", "chat21-consume", "chat21-publish")) {
                traffic.awaitMore(Faults.randomCount());
                connections.cutOneOf(nodes.size(), name);
                assertBackToNormal(name + " of one of two nodes was cut");
                traffic.awaitMore(Faults.randomCount());
                connections.cut(name);
                assertBackToNormal(name + " of two nodes was cut");
            }
        }
        assertNothingLostDoubledOrOutOfOrder();
    }

    @Test
    void aRowThatIsLockedHoldsBackOneNodeAndLosesNothing() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            traffic.awaitFlow();
            Lock lock = new Lock(database, "select 1 from conversation where app_id = ? and timeline_of = 'bob'"
                    + " and convers_with = 'alice' for update", traffic.app());
            lock.during(() -> {
                await("a node that is not ready").pollInterval(Duration.ofMillis(100))
                        .until(() -> ready() == nodes.size() - 1);
                Fault.last();
                assertThat(ready()).as("nodes that go on").isEqualTo(nodes.size() - 1);
            });
            assertBackToNormal("a row of one of two nodes is free again");
        }
        assertNothingLostDoubledOrOutOfOrder();
        assertThat(traffic.doubledCopies()).isZero();
    }

    @Test
    void aNodeThatCannotReachTheDatabaseLeavesItsQueuesToTheOtherUntilItReachesItAgain() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            way.cut();
            long cut = System.nanoTime();
            awaitOwned(nodes.get(0), QUEUES);
            traffic.awaitFlow();
            System.out.printf("[FAULT] all queues have moved %d ms after a node lost the database%n",
                    (System.nanoTime() - cut) / 1_000_000);
            try (AmqpClient amqp = AmqpClient.at(broker)) {
                await().untilAsserted(() -> assertThat(amqp.consumers(settings.persistQueue())).isEqualTo(1));
            }
            assertThat(nodes.get(1).management().get("health/ready").body()).contains("\"database\"");
            Fault.last();
            way.mend();
            assertBackToNormal("one of two nodes reaches the database again");
            awaitShares();
        }
        assertNothingLostDoubledOrOutOfOrder();
    }

    private void assertBackToNormal(String since) {
        Fault.assertBackToNormal(since, traffic, management().toArray(Management[]::new));
    }

    private void assertNothingLostDoubledOrOutOfOrder() {
        traffic.assertNothingLostDoubledOrOutOfOrder(database);
        try (AmqpClient amqp = AmqpClient.at(broker)) {
            assertThat(amqp.ready(settings.deadLettersQueue())).as("dead letters").isZero();
        }
        assertThat(management()).allSatisfy(
                node -> assertThat(node.metric("chat21_messages_received_total")).isPositive());
    }

    private static long ready() {
        return management().filter(Management::isReady).count();
    }

    private static Stream<Management> management() {
        return nodes.stream().map(ObserverProcess::management);
    }

    private static void awaitShares() {
        nodes.forEach(node -> awaitOwned(node, QUEUES / nodes.size()));
    }

    private static void awaitOwned(ObserverProcess node, int count) {
        await("owned by " + node.pid()).pollInterval(Duration.ofMillis(200)).until(() -> count == database.number(
                "select count(*) from queue_owner where queue like ? and node like ?",
                settings.messagesQueue() + ".%", node.pid() + "@%"));
    }
}

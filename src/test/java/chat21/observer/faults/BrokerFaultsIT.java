package chat21.observer.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.BrokerConnections;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** What becomes of messages when the broker dies, cuts connections or takes nothing from publishers. */
class BrokerFaultsIT {

    private static TestBroker broker;

    private TestObserver observer;
    private Traffic traffic;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void start() {
        observer = ObserverSettings.at(broker).set("chat21.health.stuck-after-ms", "HEALTH_STUCK_AFTER_MS", "1000")
                .startHere();
        traffic = Traffic.start(broker, observer.database());
    }

    @AfterEach
    void stop() {
        traffic.close();
        observer.close();
    }

    @Test
    void aBrokerThatIsKilledAndComesBackLosesNothing() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            broker.kill();
            observer.management().awaitNotReady();
            Fault.last();
            broker.restart();
            Fault.assertBackToNormal("the broker is there again", traffic, observer.management());
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(observer.database());
    }

    @Test
    void connectionsThatTheBrokerCutsOneByOneLoseNothing() {
        BrokerConnections connections = new BrokerConnections(broker);
        for (int round = 0; round < Faults.ROUNDS; round++) {
            for (String name : List.of("chat21-consume", "chat21-publish")) {
                traffic.awaitMore(Faults.randomCount());
                connections.cut(name);
                Fault.assertBackToNormal(name + " was cut", traffic, observer.management());
            }
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(observer.database());
    }

    @Test
    void aBrokerThatIsShortOfMemoryHoldsMessagesBackAndLosesNone() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            int taken = traffic.accepted();
            try {
                broker.control("set_vm_memory_high_watermark", "0.0001");
                observer.management().awaitNotReady();
                Fault.last();
            } finally {
                broker.control("set_vm_memory_high_watermark", "0.4");
            }
            Fault.assertBackToNormal("the broker has memory again", traffic, observer.management());
            assertThat(traffic.accepted()).isGreaterThan(taken);
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(observer.database());
        // Nobody crashed, so nobody had to be told twice.
        await().during(Duration.ofMillis(500)).until(() -> traffic.doubledCopies() == 0);
    }
}

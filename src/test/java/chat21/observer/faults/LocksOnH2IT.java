package chat21.observer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/**
 * What becomes of messages when somebody in the same process locks rows of H2. There is no statement that locks a whole
 * table of it for longer than itself; all rows of one are the most.
 */
class LocksOnH2IT {

    private TestObserver observer;
    private Traffic traffic;

    @BeforeEach
    void start() {
        observer = ObserverSettings.at(TestBroker.shared())
                .set("chat21.health.stuck-after-ms", "HEALTH_STUCK_AFTER_MS", "1000").startHere();
        traffic = Traffic.start(observer.broker(), observer.database());
    }

    @AfterEach
    void stop() {
        traffic.close();
        observer.close();
    }

    @Test
    void rowsThatAreLockedHoldMessagesBackAndLoseNone() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            traffic.awaitFlow();
            new Lock(observer.database(), "select * from conversation for update").during(() -> {
                observer.management().awaitNotReady();
                Fault.last();
            });
            Fault.assertBackToNormal("the rows are free again", traffic, observer.management());
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(observer.database());
        assertThat(observer.deadLetters()).isZero();
        assertThat(traffic.doubledCopies()).isZero();
    }
}

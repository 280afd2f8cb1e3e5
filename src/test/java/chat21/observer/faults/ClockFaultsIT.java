package chat21.observer.faults;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** What becomes of the order of messages when somebody sets the machine's clock. */
class ClockFaultsIT {

    /** The machine's clock, set to another time. */
    private static final class SetClock extends Clock {

        private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

        void set(Duration to) {
            offset.set(to);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("Z");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void aClockThatIsSetBackAndForthLeavesEveryHistoryInItsOrder() {
        SetClock clock = new SetClock();
        try (TestObserver observer = ObserverSettings.at(TestBroker.shared()).clock(clock).startHere();
                Traffic traffic = Traffic.start(observer.broker(), observer.database())) {
            for (int round = 0; round < Faults.ROUNDS; round++) {
                traffic.awaitMore(Faults.randomCount());
                clock.set(Duration.ofHours(-1));
                traffic.awaitMore(Faults.PER_SECOND);
                traffic.awaitFlow();
                clock.set(Duration.ofMinutes(-59));
                traffic.awaitMore(Faults.PER_SECOND);
                clock.set(Duration.ofSeconds(round + 1));
                traffic.awaitFlow();
            }
            traffic.assertNothingLostDoubledOrOutOfOrder(observer.database());
        }
    }
}

package chat21.observer.flow.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

class RateLimitTest {

    private final HandClock clock = new HandClock();

    @Test
    void aSenderMaySendWhatTheBucketHoldsAndNoMore() {
        RateLimit limit = limit(2, 60, true);

        limit.admit(from("alice"));
        limit.admit(from("alice"));

        assertThat(refusal(limit, from("alice")).reason()).isEqualTo(Reason.RATE_LIMITED);
    }

    @Test
    void theBucketFillsUpWithTimeAndNotBeyondItsCapacity() {
        RateLimit limit = limit(2, 60, true);
        limit.admit(from("alice"));
        limit.admit(from("alice"));

        clock.pass(1);
        limit.admit(from("alice"));
        assertThat(refusal(limit, from("alice"))).isNotNull();

        clock.pass(3_600);
        limit.admit(from("alice"));
        limit.admit(from("alice"));
        assertThat(refusal(limit, from("alice"))).isNotNull();
    }

    @Test
    void oneSenderDoesNotUseUpWhatAnotherMaySend() {
        RateLimit limit = limit(1, 1, true);
        limit.admit(from("alice"));

        assertThatCode(() -> limit.admit(from("bob"))).doesNotThrowAnyException();
        assertThatCode(() -> limit.admit(delivery("other", "alice", false))).doesNotThrowAnyException();
        assertThat(refusal(limit, from("alice"))).isNotNull();
    }

    @Test
    void aDeliveryThatIsTriedAgainTakesNoSecondToken() {
        RateLimit limit = limit(2, 1, true);
        Delivery first = from("alice");
        limit.admit(first);
        first.startAgain();
        limit.admit(first);

        assertThatCode(() -> limit.admit(from("alice"))).doesNotThrowAnyException();
        Delivery third = from("alice");
        assertThat(refusal(limit, third)).isNotNull();
        clock.pass(3_600);
        third.startAgain();
        assertThat(refusal(limit, third)).as("what was refused stays so").isNotNull();
    }

    @Test
    void aDeliveryThatTheBrokerHandsOverAgainTakesNoToken() {
        RateLimit limit = limit(1, 1, true);

        limit.admit(delivery("tilechat", "alice", true));
        limit.admit(delivery("tilechat", "alice", true));

        assertThatCode(() -> limit.admit(from("alice"))).doesNotThrowAnyException();
    }

    @Test
    void aTrustedSenderMaySendAtAnyRate() {
        RateLimit limit = limit(1, 1, true);

        assertThatCode(() -> {
            for (int i = 0; i < 10; i++) {
                limit.admit(from("system"));
            }
        }).doesNotThrowAnyException();
    }

    @Test
    void excessLeavesADeadLetterOnlyIfThatIsSet() {
        RateLimit keeping = limit(1, 1, true);
        RateLimit dropping = limit(1, 1, false);
        keeping.admit(from("alice"));
        dropping.admit(from("alice"));

        assertThat(refusal(keeping, from("alice")).leavesLetter()).isTrue();
        assertThat(refusal(dropping, from("alice")).leavesLetter()).isFalse();
    }

    @Test
    void withoutASettingThereIsNoLimit() {
        RateLimit limit = limit(0, 0, true);

        assertThatCode(() -> {
            for (int i = 0; i < 10_000; i++) {
                limit.admit(from("alice"));
            }
        }).doesNotThrowAnyException();
    }

    private RateLimit limit(int capacity, int refill, boolean keepsExcess) {
        return new RateLimit(new RateLimitSettings(capacity, refill, keepsExcess, 100), Set.of("system"), clock);
    }

    private static Refusal refusal(RateLimit limit, Delivery delivery) {
        return catchThrowableOfType(Refusal.class, () -> limit.admit(delivery));
    }

    private static Delivery from(String sender) {
        return delivery("tilechat", sender, false);
    }

    private static Delivery delivery(String app, String sender, boolean redelivered) {
        return new Delivery("messages", "apps." + app + ".outgoing.users." + sender + ".messages.carol.outgoing",
                new byte[0], redelivered, null, 1, 0, UUID.randomUUID());
    }

    /** A clock that is moved by hand. */
    private static final class HandClock implements TimeMeter {
        private long nanos;

        void pass(long seconds) {
            nanos += TimeUnit.SECONDS.toNanos(seconds);
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}

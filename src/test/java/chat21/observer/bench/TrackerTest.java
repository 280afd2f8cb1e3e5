package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrackerTest {

    private static final String SENDER = "apps.tilechat.users.anna.messages.bert.clientadded";
    private static final String RECIPIENT = "apps.tilechat.users.bert.messages.anna.clientadded";

    private final AtomicInteger done = new AtomicInteger();
    private final Tracker tracker = new Tracker(5, 2, 10, done::incrementAndGet);

    @Test
    void aMessageIsCompleteWithTheLastOfItsCopies() {
        tracker.recordFrom(0);
        tracker.sent(0, 1_000_000);

        arrives(SENDER, 0, 2_000_000);
        assertThat(tracker.incomplete()).isEqualTo(1);
        arrives(RECIPIENT, 0, 3_000_000);

        assertThat(tracker.incomplete()).isZero();
        assertThat(tracker.copies()).isEqualTo(2);
        assertThat(done).hasValue(1);
        assertThat(tracker.latency().getMaxValue()).isEqualTo(2_000);
    }

    @Test
    void aCopyThatComesTwiceDoesNotStandForOneThatIsMissing() {
        tracker.sent(0, 0);

        arrives(RECIPIENT, 0, 1);
        arrives(RECIPIENT, 0, 2);

        assertThat(tracker.repeated()).isEqualTo(1);
        assertThat(tracker.incomplete()).isEqualTo(1);
    }

    @Test
    void aCopyBehindALaterOneOfTheSameInboxIsOutOfOrder() {
        tracker.sent(0, 0);
        tracker.sent(1, 0);

        arrives(SENDER, 1, 1);
        arrives(RECIPIENT, 0, 2);
        arrives(RECIPIENT, 1, 3);
        assertThat(tracker.outOfOrder()).isZero();
        arrives(SENDER, 0, 4);

        assertThat(tracker.outOfOrder()).isEqualTo(1);
        assertThat(tracker.incomplete()).isZero();
    }

    @Test
    void whatBelongsToAnotherRunIsCountedApart() {
        tracker.sent(0, 0);

        tracker.arrived(SENDER, Conversation.direct("anna", "bert").stamped(4, 0), 1);
        tracker.arrived(SENDER, new byte[0], 1);

        assertThat(tracker.strays()).isEqualTo(2);
        assertThat(tracker.copies()).isZero();
    }

    @Test
    void theLeadInDoesNotCountAsLatency() {
        tracker.sent(0, 0);
        tracker.sent(1, 0);
        tracker.recordFrom(1);

        for (int number = 0; number < 2; number++) {
            arrives(SENDER, number, 1_000);
            arrives(RECIPIENT, number, 1_000);
        }

        assertThat(tracker.latency().getTotalCount()).isEqualTo(1);
        assertThat(tracker.completed()).isEqualTo(2);
    }

    private void arrives(String routingKey, int number, long nanos) {
        tracker.arrived(routingKey, Conversation.direct("anna", "bert").stamped(5, number), nanos);
    }
}

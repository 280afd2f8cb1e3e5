package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import chat21.observer.message.Delivery;
import chat21.observer.message.InboxCopy;

class TrackerTest {

    private static final String SENDER = "apps.tilechat.users.anna.messages.bert.clientadded";
    private static final String RECIPIENT = "apps.tilechat.users.bert.messages.anna.clientadded";

    private static final InboxCopy COPY = new InboxCopy(null, "bert", "anna", 0, null, false);

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
    void copiesThatAreToldOfCountAsIfTheyHadArrived() {
        tracker.recordFrom(0);
        tracker.sent(0, 2_500_000);

        tell(0, 1, 3_000_000);
        assertThat(tracker.incomplete()).isEqualTo(1);
        tell(0, 0, 3_500_000);
        tell(0, 1, 4_000_000);
        tell(0, 0, 5_000_000);

        assertThat(tracker.copies()).isEqualTo(2);
        assertThat(done).hasValue(1);
        assertThat(tracker.latency().getMaxValue()).isEqualTo(1_500);
    }

    @Test
    void whatIsToldOfAnotherRunIsCountedApart() {
        tracker.arrived(Marker.NONE, 2, 1);
        tracker.arrived(Marker.find(Conversation.direct("anna", "bert").stamped(4, 0)), 2, 1);

        assertThat(tracker.strays()).isEqualTo(4);
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

    private void tell(int number, int howMany, long nanos) {
        Delivery delivery = new Delivery("messages", "", Conversation.direct("anna", "bert").stamped(5, number), false, null,
                1, 0, UUID.randomUUID());
        for (int i = 0; i < howMany; i++) {
            delivery.decision().add(COPY);
        }
        Arrivals.read(Arrivals.write(List.of(delivery)), tracker, nanos);
    }

    private void arrives(String routingKey, int number, long nanos) {
        tracker.arrived(routingKey, Conversation.direct("anna", "bert").stamped(5, number), nanos);
    }
}

package chat21.observer.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.message.InboxCopy;
import chat21.observer.testing.Deliveries;
import chat21.observer.testing.Messages;

class LargeGroupsTest {

    private final Deliveries broker = new Deliveries();
    private final LargeGroups largeGroups = new LargeGroups(4);
    private final Acknowledger acknowledger = new Acknowledger(new Unacknowledged());

    @Test
    void whatFitsIsServedAtOnce() {
        Batch batch = largeGroups.holdBack(new Batch(List.of(to("team", "alice", "b", "c"))));
        largeGroups.keep(batch);

        assertThat(owners(batch)).containsExactly("alice", "b", "c", "team");
        assertThat(largeGroups.isAnyWaiting()).isFalse();
    }

    @Test
    void ofWhatDoesNotFitTheSendersAndTheGroupsCopyComeFirst() {
        Batch batch = begin(to("team", "b", "c", "alice", "d", "e"));

        assertThat(owners(batch)).containsExactly("alice", "team");
        assertThat(owners(largeGroups.next())).containsExactly("b", "c", "d", "e");
        assertThat(largeGroups.isAnyWaiting()).isFalse();
    }

    @Test
    void directMessagesAreNeverHeldBack() {
        List<Delivery> direct = IntStream.range(0, 10).mapToObj(i -> direct()).toList();

        assertThat(owners(begin(direct.toArray(new Delivery[0])))).hasSize(20);
    }

    @Test
    void aLaterMessageOvertakesNoneOfTheSameGroup() {
        begin(to("team", "alice", "b", "c", "d", "e", "f"));
        Batch later = begin(to("team", "alice", "b"));

        assertThat(owners(later)).containsExactly("alice", "team");
        assertThat(owners(largeGroups.next())).as("both into b's inbox, in order").containsExactly("b", "c", "d", "b");
    }

    @Test
    void whatIsPublishedAgainIsNotHeldBackBehindWhatCameAfterIt() {
        Delivery first = to("team", "alice", "b");
        begin(first);
        begin(to("team", "alice", "b", "c", "d", "e", "f"));

        List<InboxCopy> copies = List.copyOf(first.decision().copies());
        first.startAgain();
        copies.forEach(first.decision()::add);

        assertThat(owners(begin(first))).containsExactly("alice", "b", "team");
    }

    @Test
    void whatIsPublishedAgainIsDecidedAsAWhole() {
        LargeGroups small = new LargeGroups(4, 1);
        Batch batch = new Batch(List.of(to("team", "alice", "b", "c", "d", "e", "f"), direct()));
        batch.markCommitted();
        small.keep(small.holdBack(new Batch(List.of(to("team", "alice", "b", "c", "d", "e", "f")))));

        assertThat(small.undecided(batch)).toIterable().hasSize(2);
    }

    @Test
    void aShortMessageThatIsServedMeanwhileLetsNoneOvertakeALongOne() {
        acknowledger.acknowledge(begin(to("team", "alice", "b", "c", "d", "e", "f", "g", "h", "i", "j")));
        acknowledger.acknowledge(begin(to("team", "alice", "c", "d")));
        acknowledger.acknowledge(largeGroups.next());
        acknowledger.acknowledge(largeGroups.next());

        assertThat(owners(begin(to("team", "alice", "i")))).containsExactly("alice", "team");
    }

    @Test
    void whatComesDuringARoundIsServedUpToWhereItCame() {
        begin(to("team", "alice", "b", "c", "d", "e", "f", "g"));
        assertThat(owners(largeGroups.next())).containsExactly("b", "c", "d", "e");
        begin(to("other", "alice", "b", "c", "d", "e", "f"));

        assertThat(owners(largeGroups.next())).containsExactly("f", "g", "f", "b");
        assertThat(owners(largeGroups.next())).containsExactly("c", "d", "e");
        assertThat(largeGroups.isAnyWaiting()).isFalse();
    }

    @Test
    void nothingIsAcknowledgedBeforeTheLastPortionOfWhatCameBeforeIt() {
        Batch large = begin(to("team", "alice", "b", "c", "d", "e", "f"));
        Batch small = begin(direct());
        acknowledger.acknowledge(large);
        acknowledger.acknowledge(small);
        acknowledger.acknowledge(largeGroups.next());

        assertThat(broker.acknowledged()).isEmpty();
        assertThat(largeGroups.isIdle()).isFalse();
        assertThat(largeGroups.unfinished("messages")).isEqualTo(1);

        acknowledger.acknowledge(largeGroups.next());

        assertThat(broker.acknowledged()).containsExactly(2L);
        assertThat(largeGroups.isIdle()).isTrue();
        assertThat(largeGroups.unfinished("messages")).isZero();
    }

    @Test
    void aPortionThatIsConfirmedLateHoldsTheAcknowledgementBackToo() {
        acknowledger.acknowledge(begin(to("team", "alice", "b", "c", "d", "e", "f")));
        Batch first = largeGroups.next();
        Batch last = largeGroups.next();

        acknowledger.acknowledge(first);
        assertThat(broker.acknowledged()).isEmpty();
        acknowledger.acknowledge(last);
        assertThat(broker.acknowledged()).containsExactly(1L);
    }

    @Test
    void whatCameOverALostChannelIsForgotten() {
        begin(to("team", "alice", "b", "c", "d", "e", "f"));
        broker.lose();

        assertThat(largeGroups.isAnyWaiting()).isFalse();
        assertThat(largeGroups.isIdle()).isTrue();
    }

    @Test
    void whatIsStoredIsRememberedUntilItIsServed() {
        assertThat(largeGroups.underWayNanos("messages")).isZero();
        begin(to("team", "alice", "b", "c", "d", "e"));

        assertThat(largeGroups.underWayNanos("messages")).isPositive();
        assertThat(largeGroups.underWayNanos("others")).isZero();
    }

    @Test
    void aBatchThatIsPublishedAgainIsServedOnce() {
        Delivery delivery = to("team", "alice", "b", "c", "d", "e");
        Batch batch = begin(delivery);
        List<InboxCopy> copies = delivery.decision().allCopies();
        batch.startAttempt();
        copies.forEach(delivery.decision()::add);
        largeGroups.keep(largeGroups.holdBack(batch));

        assertThat(owners(batch)).containsExactly("alice", "team");
        assertThat(owners(largeGroups.next())).containsExactly("b", "c", "d", "e");
        assertThat(largeGroups.isAnyWaiting()).isFalse();
    }

    @Test
    void aBatchThatComesToMoreThanMayWaitLeavesTheRest() {
        LargeGroups small = new LargeGroups(4, 10);
        Batch batch = new Batch(List.of(to("team", "b", "c", "d", "e", "f"), direct(), to("team", "b", "c", "d", "e", "f"),
                direct(), direct()));

        assertThat(decide(small, batch)).hasSize(4).isEqualTo(batch.deliveries());
        assertThat(batch.takeLeft()).hasSize(1);
        small.keep(small.holdBack(batch));

        Batch next = new Batch(List.of(direct(), direct(), direct()));
        assertThat(decide(small, next)).as("ten wait").hasSize(1);
        assertThat(next.takeLeft()).hasSize(2);
    }

    @Test
    void aBatchOfDirectMessagesIsDecidedWhole() {
        List<Delivery> direct = IntStream.range(0, 250).mapToObj(i -> direct()).toList();

        assertThat(decide(largeGroups, new Batch(direct))).isEqualTo(direct);
    }

    // As Camel does, which asks whether there is a next one before it works on what it got.
    private static List<Delivery> decide(LargeGroups largeGroups, Batch batch) {
        List<Delivery> decided = new ArrayList<>();
        Iterator<Delivery> undecided = largeGroups.undecided(batch);
        while (undecided.hasNext()) {
            decided.add(undecided.next());
            undecided.hasNext();
        }
        return decided;
    }

    private Batch begin(Delivery... deliveries) {
        Batch batch = largeGroups.holdBack(new Batch(Arrays.asList(deliveries)));
        largeGroups.keep(batch);
        return batch;
    }

    private Delivery to(String group, String... members) {
        Delivery delivery = broker.to(group, "{}");
        ChatMessage message = Messages.read(delivery);
        for (String member : members) {
            delivery.decision().add(InboxCopy.of(message, member, group, 150));
        }
        delivery.decision().add(InboxCopy.of(message, group, group, 100));
        return delivery;
    }

    private Delivery direct() {
        Delivery delivery = broker.to("bob", "{}");
        ChatMessage message = Messages.read(delivery);
        delivery.decision().add(InboxCopy.of(message, "alice", "bob", 100));
        delivery.decision().add(InboxCopy.of(message, "bob", "alice", 150));
        return delivery;
    }

    private static List<String> owners(Batch batch) {
        List<String> owners = new ArrayList<>();
        batch.items().forEach(d -> d.decision().copies().forEach(copy -> owners.add(copy.owner())));
        return owners;
    }
}

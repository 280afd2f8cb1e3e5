package chat21.observer.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;

import org.junit.jupiter.api.Test;

import chat21.observer.broker.Intake;
import chat21.observer.testing.Deliveries;

class GathererTest {

    private final Deliveries broker = new Deliveries();
    private final Gatherer gatherer = new Gatherer(3, 100, 0, new FanOuts(10));

    @Test
    void aBatchIsWhateverHasComeInItsOrder() throws InterruptedException {
        add("{\"n\":1}", "{\"n\":2}");

        assertThat(next()).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(gatherer.isEmpty()).isTrue();
    }

    @Test
    void aBatchHasNoMoreMessagesThanAllowed() throws InterruptedException {
        add("1", "2", "3", "4");

        assertThat(next()).containsExactly("1", "2", "3");
        assertThat(next()).containsExactly("4");
    }

    @Test
    void aBatchHasNoMoreBytesThanAllowedAndNothingIsLost() throws InterruptedException {
        add("a".repeat(60), "b".repeat(60), "c".repeat(40));

        assertThat(next()).containsExactly("a".repeat(60));
        assertThat(gatherer.isEmpty()).isFalse();
        assertThat(next()).containsExactly("b".repeat(60), "c".repeat(40));
    }

    @Test
    void oneMessageAlwaysFits() throws InterruptedException {
        add("x".repeat(500), "y");

        assertThat(next()).containsExactly("x".repeat(500));
        assertThat(next()).containsExactly("y");
    }

    @Test
    void whereNothingComesThereIsNoBatch() throws InterruptedException {
        assertThat(gatherer.next(1)).isNull();
    }

    @Test
    void afterItsCloseNothingIsTakenOverButWhatWasIsDone() throws InterruptedException {
        add("1");
        gatherer.close();
        add("2");

        assertThat(next()).containsExactly("1");
        assertThat(gatherer.isEmpty()).isTrue();
    }

    @Test
    void aMessageIsUnfinishedUntilItsBatchIsDone() throws InterruptedException {
        add("1", "2");
        Batch batch = gatherer.next(1);

        assertThat(gatherer.unfinished()).isEqualTo(2);
        gatherer.done(batch);
        assertThat(gatherer.unfinished()).isZero();
    }

    @Test
    void aBatchThatIsHeldUpShowsThoughAnOlderOneIsDoneMeanwhile() throws InterruptedException {
        add("1");
        Batch older = gatherer.next(10);
        add("2", "3");
        Batch heldUp = gatherer.next(10);
        gatherer.done(older);
        await().until(() -> gatherer.busyMs() >= 20);

        List<Batch> parts = gatherer.takeApart(heldUp);
        gatherer.done(parts.get(0));
        assertThat(gatherer.busyMs()).isGreaterThanOrEqualTo(20);

        gatherer.done(parts.get(1));
        assertThat(gatherer.busyMs()).isZero();
    }

    @Test
    void whatABatchLeavesComesNextAndBeforeWhatCameMeanwhile() throws InterruptedException {
        add("1", "2", "3");
        Batch batch = gatherer.next(1);
        batch.leaveFrom(batch.deliveries().get(1));
        add("4");
        gatherer.takeBack(batch.takeLeft());
        gatherer.done(batch);

        assertThat(batch.deliveries()).hasSize(1);
        assertThat(gatherer.unfinished()).isEqualTo(3);
        assertThat(next()).containsExactly("2", "3", "4");
        assertThat(batch.takeLeft()).isEmpty();
    }

    @Test
    void bytesCountUntilTheirBatchIsDoneOrTheirChannelIsLost() throws InterruptedException {
        Intake intake = Intake.unbounded();
        Gatherer gatherer = new Gatherer(1, 1_000, 0, new FanOuts(10), intake);
        Deliveries lost = new Deliveries();
        gatherer.add(broker.to("bob", "12345"));
        gatherer.add(lost.to("bob", "123"));
        Batch batch = gatherer.next(1);
        assertThat(intake.bytes()).isEqualTo(8);

        gatherer.done(batch);
        assertThat(intake.bytes()).isEqualTo(3);
        lost.lose();
        assertThat(gatherer.next(1)).isNull();
        assertThat(intake.bytes()).isZero();
    }

    private void add(String... bodies) {
        for (String body : bodies) {
            gatherer.add(broker.to("bob", body));
        }
    }

    private List<String> next() throws InterruptedException {
        return gatherer.next(1).deliveries().stream().map(d -> new String(d.body())).toList();
    }

    @Test
    void whatCameOverALostChannelIsLeftToTheBroker() throws InterruptedException {
        Gatherer gatherer = new Gatherer(10, 1_000, 0, new FanOuts(10));
        Deliveries lost = new Deliveries();
        gatherer.add(lost.to("bob", "{}"));
        gatherer.add(lost.to("bob", "{}"));
        lost.lose();
        Delivery again = new Deliveries().again("bob", "{}");
        gatherer.add(again);

        assertThat(gatherer.next(10).deliveries()).containsExactly(again);
        assertThat(gatherer.unfinished()).isEqualTo(1);
        assertThat(gatherer.next(10)).isNull();
    }
}

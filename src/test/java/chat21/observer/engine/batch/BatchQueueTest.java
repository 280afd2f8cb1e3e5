package chat21.observer.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;

import org.junit.jupiter.api.Test;

import chat21.observer.engine.broker.Intake;
import chat21.observer.message.Delivery;
import chat21.observer.testing.Deliveries;

class BatchQueueTest {

    private final Deliveries broker = new Deliveries();
    private final BatchQueue batchQueue = new BatchQueue(3, 100, 0, new LargeGroups(10));

    @Test
    void aBatchIsWhateverHasComeInItsOrder() throws InterruptedException {
        add("{\"n\":1}", "{\"n\":2}");

        assertThat(next()).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(batchQueue.isEmpty()).isTrue();
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
        assertThat(batchQueue.isEmpty()).isFalse();
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
        assertThat(batchQueue.next(1)).isNull();
    }

    @Test
    void afterItsCloseNothingIsTakenOverButWhatWasIsDone() throws InterruptedException {
        add("1");
        batchQueue.close();
        add("2");

        assertThat(next()).containsExactly("1");
        assertThat(batchQueue.isEmpty()).isTrue();
    }

    @Test
    void aMessageIsUnfinishedUntilItsBatchIsDone() throws InterruptedException {
        add("1", "2");
        Batch batch = batchQueue.next(1);

        assertThat(batchQueue.unfinished()).isEqualTo(2);
        batchQueue.done(batch);
        assertThat(batchQueue.unfinished()).isZero();
    }

    @Test
    void aBatchThatIsHeldUpShowsThoughAnOlderOneIsDoneMeanwhile() throws InterruptedException {
        add("1");
        Batch older = batchQueue.next(10);
        add("2", "3");
        Batch heldUp = batchQueue.next(10);
        batchQueue.done(older);
        await().until(() -> batchQueue.busyMs() >= 20);

        List<Batch> parts = batchQueue.takeApart(heldUp);
        batchQueue.done(parts.get(0));
        assertThat(batchQueue.busyMs()).isGreaterThanOrEqualTo(20);

        batchQueue.done(parts.get(1));
        assertThat(batchQueue.busyMs()).isZero();
    }

    @Test
    void whatABatchLeavesComesNextAndBeforeWhatCameMeanwhile() throws InterruptedException {
        add("1", "2", "3");
        Batch batch = batchQueue.next(1);
        batch.leaveFrom(batch.deliveries().get(1));
        add("4");
        batchQueue.takeBack(batch.takeLeft());
        batchQueue.done(batch);

        assertThat(batch.deliveries()).hasSize(1);
        assertThat(batchQueue.unfinished()).isEqualTo(3);
        assertThat(next()).containsExactly("2", "3", "4");
        assertThat(batch.takeLeft()).isEmpty();
    }

    @Test
    void bytesCountUntilTheirBatchIsDoneOrTheirChannelIsLost() throws InterruptedException {
        Intake intake = Intake.unbounded();
        BatchQueue batchQueue = new BatchQueue(1, 1_000, 0, new LargeGroups(10), intake);
        Deliveries lost = new Deliveries();
        batchQueue.add(broker.to("bob", "12345"));
        batchQueue.add(lost.to("bob", "123"));
        Batch batch = batchQueue.next(1);
        assertThat(intake.bytes()).isEqualTo(8);

        batchQueue.done(batch);
        assertThat(intake.bytes()).isEqualTo(3);
        lost.lose();
        assertThat(batchQueue.next(1)).isNull();
        assertThat(intake.bytes()).isZero();
    }

    private void add(String... bodies) {
        for (String body : bodies) {
            batchQueue.add(broker.to("bob", body));
        }
    }

    private List<String> next() throws InterruptedException {
        return batchQueue.next(1).deliveries().stream().map(d -> new String(d.body())).toList();
    }

    @Test
    void whatCameOverALostChannelIsLeftToTheBroker() throws InterruptedException {
        BatchQueue batchQueue = new BatchQueue(10, 1_000, 0, new LargeGroups(10));
        Deliveries lost = new Deliveries();
        batchQueue.add(lost.to("bob", "{}"));
        batchQueue.add(lost.to("bob", "{}"));
        lost.lose();
        Delivery again = new Deliveries().again("bob", "{}");
        batchQueue.add(again);

        assertThat(batchQueue.next(10).deliveries()).containsExactly(again);
        assertThat(batchQueue.unfinished()).isEqualTo(1);
        assertThat(batchQueue.next(10)).isNull();
    }
}

package chat21.observer.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpConnectException;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.engine.publish.Confirmation;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.testing.Deliveries;

class BatchRunnerTest {

    private static final int MAX_TRIES = 3;

    private final Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21",
            "", 2, 5_000, false));
    private final Deliveries broker = new Deliveries();
    private final LargeGroups largeGroups = new LargeGroups(2);
    private final BatchQueue batchQueue = new BatchQueue(10, 1_000_000, 0, largeGroups);
    private final List<String> tried = new CopyOnWriteArrayList<>();
    private final List<Delivery> done = new CopyOnWriteArrayList<>();
    private final Acknowledger acknowledger = new Acknowledger(new Unacknowledged());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long firstPauseMs = 1;
    private Function<Batch, Exception> afterConfirms = batch -> null;
    private FlowGate gate;
    private BatchRunner runner;

    @AfterEach
    void stop() {
        runner.stop();
        database.close();
    }

    @Test
    void aBatchIsTriedUntilTheOutageIsOver() {
        List<Exception> outages = new ArrayList<>(List.of(new SQLException("gone", "08006"),
                new IllegalStateException(new AmqpConnectException(new java.net.ConnectException("gone"))),
                new java.io.IOException("gone"), new SQLException("no state"), new SQLException("gone", "57P01")));
        add("1", "2");

        run(500, batch -> outages.isEmpty() ? null : outages.remove(0));

        awaitDone("1", "2");
        assertThat(tried).hasSize(6).containsOnly("1+2");
        assertThat(done).allSatisfy(d -> assertThat(d.decision().refusal()).isNull());
    }

    @Test
    void onePoisonMessageIsRefusedAfterSomeTriesAndItsNeighboursPass() {
        add("1", "poison", "3");

        run(500, failingOn("poison", new IllegalStateException("cannot")));

        awaitDone("1", "poison", "3");
        assertThat(tried).containsExactly("1+poison+3", "1", "poison", "poison", "poison", "poison", "3");
        assertThat(done).extracting(d -> d.decision().refusal() == null ? null : d.decision().refusal().reason())
                .containsExactly(null, Reason.PROCESSING_FAILED, null);
    }

    @Test
    void dataThatTheDatabaseDoesNotTakeCountAgainstTheirMessage() {
        add("poison");

        run(500, failingOn("poison", new SQLException("too long", "22001")));

        awaitDone("poison");
        assertThat(tried).hasSize(MAX_TRIES + 1);
    }

    @Test
    void aBatchWhoseConnectionIsGoneIsLeftToTheBroker() {
        add("1");

        run(500, batch -> {
            broker.lose();
            return new SQLException("gone", "08006");
        });

        await().until(() -> batchQueue.unfinished() == 0);
        assertThat(tried).containsExactly("1");
        assertThat(broker.acknowledged()).isEmpty();
    }

    @Test
    void whatWasStoppedIsNotDead() {
        run(500, batch -> null);
        assertThat(runner.isDead()).isFalse();

        runner.stop();

        assertThat(runner.isDead()).isFalse();
    }

    @Test
    void theNextBatchIsWorkedOnWhileTheBrokerConfirmsTheOneBefore() throws Exception {
        CountDownLatch confirmed = new CountDownLatch(1);
        add("1");
        run(2_000, batch -> {
            if (text(batch).equals("1")) {
                add("2");
            }
            return null;
        }, batch -> {
            awaitUninterrupted(confirmed);
            return null;
        });

        await().until(() -> tried.contains("2"));
        assertThat(broker.acknowledged()).isEmpty();

        confirmed.countDown();
        awaitDone("1", "2");
        assertThat(broker.acknowledged()).containsExactly(1L, 2L);
    }

    @Test
    void whatTheBrokerDidNotConfirmIsPublishedAgainBeforeAnythingNew() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        List<String> failed = new CopyOnWriteArrayList<>();
        add("1");
        run(2_000, batch -> {
            if (!text(batch).equals("3") && !tried.contains("3")) {
                add(text(batch).equals("1") ? "2" : "3");
            } else if (text(batch).equals("3") && failed.isEmpty()) {
                // The third one finds the channel gone that the first two were lost with.
                lost.countDown();
                return new java.io.IOException("gone");
            }
            return null;
        }, batch -> {
            awaitUninterrupted(lost);
            if (failed.isEmpty()) {
                failed.add(text(batch));
                return new java.io.IOException("gone");
            }
            return null;
        });

        awaitDone("1", "2", "3");
        assertThat(failed).containsExactly("1");
        assertThat(tried).containsExactly("1", "2", "3", "1", "2", "3");
    }

    @Test
    void aStopFinishesWhatWasTakenOver() {
        add("1");
        run(2_000, batch -> {
            add("2");
            batchQueue.close();
            return null;
        });
        await().until(() -> !tried.isEmpty());

        runner.stop();

        assertThat(done).extracting(BatchRunnerTest::text).containsExactly("1", "2");
        assertThat(broker.acknowledged()).containsExactly(1L, 2L);
    }

    @Test
    void whatAStopGivesUpIsNotAcknowledgedWithALaterBatch() {
        add("1");
        run(400, batch -> text(batch.deliveries().get(0)).equals("1") ? new SQLException("gone", "08006") : null);
        await().until(() -> !tried.isEmpty());
        add("2");

        runner.stop();

        await().until(() -> batchQueue.unfinished() == 0);
        assertThat(broker.acknowledged()).isEmpty();
    }

    @Test
    void aBatchThatEndsUnexpectedlyIsNotAcknowledgedWithALaterOne() {
        add("1");
        run(500, batch -> {
            if (text(batch.deliveries().get(0)).equals("1")) {
                add("2");
                throw new IllegalStateException("unexpected");
            }
            return null;
        });

        await().until(() -> tried.contains("1") && batchQueue.isEmpty() && batchQueue.unfinished() == 0);
        // Its channel is closed, so the broker hands the later one over again too.
        assertThat(tried).doesNotContain("2");
        assertThat(broker.acknowledged()).isEmpty();
    }

    @Test
    void aCollisionWithAnotherNodeIsNoFaultOfAnyMessage() {
        List<Exception> collisions = new ArrayList<>(List.of(new SQLException("duplicate key", "23505"),
                new SQLException("deadlock", "40P01"), new SQLException("serialization", "40001"),
                new SQLException("duplicate key", "23505")));
        add("1", "2");

        run(500, batch -> collisions.isEmpty() ? null : collisions.remove(0));

        awaitDone("1", "2");
        assertThat(tried).hasSize(5).containsOnly("1+2");
        assertThat(done).allSatisfy(d -> assertThat(d.decision().refusal()).isNull());
    }

    @Test
    void whatCameThroughALostChannelIsLeftToTheBrokerAndTheRestIsDone() {
        Deliveries gone = new Deliveries();
        batchQueue.add(gone.to("bob", "1"));
        batchQueue.add(broker.to("bob", "2"));

        run(500, batch -> {
            gone.lose();
            return batch.deliveries().size() == 2 ? new SQLException("gone", "08006") : null;
        });

        awaitDone("2");
        await().until(() -> batchQueue.unfinished() == 0);
        assertThat(tried).containsExactly("1+2", "2");
        assertThat(gone.acknowledged()).isEmpty();
    }

    @Test
    void whatABatchLeavesComesAfterItThoughItIsTriedAgain() {
        add("1", "2", "3");

        run(500, batch -> {
            if (batch.deliveries().size() < 3) {
                return null;
            }
            batch.leaveFrom(batch.deliveries().get(1));
            return new SQLException("gone", "08006");
        });

        awaitDone("1", "2", "3");
        assertThat(tried).containsExactly("1+2+3", "1", "2+3");
        assertThat(broker.acknowledged()).containsExactly(1L, 3L);
        await().until(() -> batchQueue.unfinished() == 0);
    }

    @Test
    void aStepThatFailsAfterPublishingPublishesNothingAgain() {
        add("1", "2");

        run(500, batch -> {
            batch.published(Confirmation.NONE, Confirmation.NONE);
            return new IllegalStateException("a step of an integrator");
        });

        awaitDone("1", "2");
        assertThat(tried).containsExactly("1+2");
        assertThat(done).allSatisfy(d -> assertThat(d.decision().refusal()).isNull());
        assertThat(meters.get("chat21_steps_failed_after_publishing").counter().count()).isEqualTo(1);
    }

    @Test
    void aStepThatFailsBetweenConfirmsAndAcknowledgementPublishesNothingAgain() {
        afterConfirms = batch -> new IllegalStateException("a step of an integrator");
        add("1", "2");

        run(500, batch -> null);

        await().until(() -> batchQueue.unfinished() == 0);
        assertThat(tried).containsExactly("1+2");
        assertThat(broker.acknowledged()).containsExactly(2L);
        assertThat(meters.get("chat21_steps_failed_after_publishing").counter().count()).isEqualTo(1);
    }

    @Test
    void aStepThatBreaksEvenDeadLettersRefusesNobodyAndIsRepairedWithoutLoss() {
        List<String> failures = new CopyOnWriteArrayList<>();
        add("1", "2");

        // Three tries and a dead letter, and then, after each pause, a try and a dead letter.
        run(500, batch -> {
            boolean isBroken = batch.deliveries().size() > 1 || failures.size() < 7;
            if (isBroken) {
                failures.add(text(batch));
            }
            return isBroken ? new IllegalStateException("a step of the batch") : null;
        });

        awaitDone("1", "2");
        assertThat(done).allSatisfy(d -> assertThat(d.decision().refusal()).isNull());
    }

    @Test
    void whatBreaksEvenDeadLettersIsTriedAfterPausesAndNoMoreOnceAStopHasWaited() {
        firstPauseMs = 60_000;
        add("1");
        run(400, batch -> new IllegalStateException("a step of the batch"));
        await().until(() -> tried.size() > MAX_TRIES);

        runner.stop();

        await().until(() -> batchQueue.unfinished() == 0);
        assertThat(tried).as("without pauses there would be thousands").hasSizeLessThan(20);
        assertThat(broker.acknowledged()).isEmpty();
    }

    @Test
    void whatIsLostAgainAndAgainIsPublishedAfterPausesAndNoMoreOnceAStopHasWaited() {
        firstPauseMs = 60_000;
        add("1");
        run(400, batch -> null, batch -> new java.io.IOException("gone"));
        await().until(() -> tried.size() > 1);

        runner.stop();

        await().until(() -> batchQueue.unfinished() == 0);
        assertThat(tried).as("without pauses there would be thousands").hasSizeLessThan(20);
        assertThat(broker.acknowledged()).isEmpty();
    }

    @Test
    void anInterruptionOfTheBatchThreadLosesNothing() {
        firstPauseMs = 60_000;
        AtomicReference<Thread> thread = new AtomicReference<>();
        add("1");
        run(500, batch -> thread.getAndSet(Thread.currentThread()) == null ? new SQLException("gone", "08006") : null);
        await().until(() -> thread.get() != null && thread.get().getState() == Thread.State.TIMED_WAITING);

        add("2");
        thread.get().interrupt();

        awaitDone("1", "2");
        assertThat(runner.isDead()).isFalse();
    }

    @Test
    void anInterruptionOfTheAcknowledgementsEndsNothingAndPublishesNothingAgain() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        afterConfirms = batch -> {
            if (thread.getAndSet(Thread.currentThread()) == null) {
                Thread.currentThread().interrupt();
            }
            return null;
        };
        add("1");
        run(500, batch -> null);
        awaitDone("1");

        add("2");

        awaitDone("1", "2");
        assertThat(tried).containsExactly("1", "2");
        assertThat(runner.isDead()).isFalse();
    }

    @Test
    void anErrorEndsNoThread() {
        List<String> thrown = new CopyOnWriteArrayList<>();
        add("1");
        run(500, batch -> {
            if (thrown.isEmpty()) {
                thrown.add("once");
                throw new StackOverflowError();
            }
            return null;
        });
        await().until(() -> batchQueue.unfinished() == 0);
        batchQueue.add(new Deliveries().to("bob", "2"));

        awaitDone("2");
        assertThat(runner.isDead()).isFalse();
    }

    @Test
    void aLostBatchThatIsTakenApartLeavesTheGateFree() throws Exception {
        List<String> lost = new CopyOnWriteArrayList<>();
        add("1", "2");
        run(500, batch -> batch.deliveries().size() > 1 && !lost.isEmpty() ? new IllegalStateException("cannot") : null,
                batch -> {
                    if (lost.isEmpty()) {
                        lost.add(text(batch));
                        return new java.io.IOException("gone");
                    }
                    return null;
                });
        awaitDone("1", "2");
        assertThat(tried).containsExactly("1+2", "1+2", "1", "2");
        List<String> ran = new ArrayList<>();

        gate.between(10_000, () -> ran.add("edit"));

        assertThat(ran).containsExactly("edit");
    }

    private void run(long stopTimeoutMs, Function<Batch, Exception> work) {
        run(stopTimeoutMs, work, batch -> null);
    }

    private void run(long stopTimeoutMs, Function<Batch, Exception> commit, Function<Batch, Exception> confirm) {
        gate = new FlowGate(new BatchFlow() {
            @Override
            public Exception commit(Batch batch) {
                tried.add(text(batch));
                Exception failure = commit.apply(batch);
                if (failure == null) {
                    batch.published(confirming(batch, confirm), Confirmation.NONE);
                }
                return failure;
            }

            @Override
            public Exception acknowledge(Batch batch) {
                try {
                    batch.awaitConfirms();
                } catch (java.io.IOException | InterruptedException e) {
                    return e;
                }
                Exception failure = afterConfirms.apply(batch);
                if (failure == null && !batch.isStale()) {
                    acknowledger.acknowledge(batch);
                    done.addAll(batch.deliveries());
                }
                return failure;
            }
        }, batchQueue);
        runner = new BatchRunner(batchQueue, gate, acknowledger, () -> { },
                new RetrySettings(MAX_TRIES, firstPauseMs, Math.max(10, firstPauseMs), 60_000, stopTimeoutMs), meters);
        runner.start();
    }

    // Asked once an attempt, as the broker says it once.
    private static Confirmation confirming(Batch batch, Function<Batch, Exception> confirm) {
        return new Confirmation() {
            private boolean isAnswered;
            private Exception answer;

            @Override
            public void await() throws java.io.IOException {
                if (!isAnswered) {
                    answer = confirm.apply(batch);
                    isAnswered = true;
                }
                if (answer != null) {
                    throw (java.io.IOException) answer;
                }
            }

            @Override
            public void await(long timeoutMs) {
                // The next batch begins at once.
            }
        };
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Function<Batch, Exception> failingOn(String text, Exception failure) {
        return batch -> batch.undecided().stream().anyMatch(d -> text(d).equals(text)) ? failure : null;
    }

    private void awaitDone(String... texts) {
        await().untilAsserted(() -> assertThat(done).extracting(BatchRunnerTest::text).containsExactly(texts));
    }

    private void add(String... texts) {
        for (String text : texts) {
            batchQueue.add(broker.to("bob", text));
        }
    }

    private static String text(Batch batch) {
        return String.join("+", batch.deliveries().stream().map(BatchRunnerTest::text).toList());
    }

    private static String text(Delivery delivery) {
        return new String(delivery.body());
    }
}

package chat21.observer.engine.batch;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.engine.refuse.Refusals;

/**
 * Drives the flow, batch after batch, on one thread, so that the order of the queue is the order of the inboxes. A batch
 * is tried until it is done: while database or broker are away it waits for them; a message that fails each time while
 * they are there goes to the dead letters alone. A few published batches at a time wait for the broker's confirms while
 * the next one is worked on; if the broker does not confirm, they are published again before anything else.
 */
public final class BatchRunner extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
    private static final long POLL_MS = 200;
    // What other systems are told is confirmed late, since it is kept on disk; the inboxes do not wait for it.
    private static final int MAX_UNCONFIRMED = 16;
    // A broker that has much to do confirms late; more messages in a batch then cost less each, but nobody waits for long.
    private static final long CONFIRM_MS = 50;

    private final BatchQueue batchQueue;
    private final BatchFlow flow;
    private final IdleWork idleWork;
    private final RetrySettings retries;
    private final Acknowledgements acknowledgements;
    private final InFlightBatches unconfirmed = new InFlightBatches(MAX_UNCONFIRMED);
    // What is to be worked on before anything new.
    private final Deque<Batch> again = new ArrayDeque<>();
    private volatile Thread thread;
    private volatile Thread acknowledging;
    private volatile boolean running;
    private long idleSince;
    // Of batches that are published and lost time after time, and of those that end unexpectedly.
    private final Pause lossPause;
    private final Pause unexpectedPause;
    private long doneAtLoss = -1;

    /** @param acknowledger tells the broker that a batch is done where a step keeps the route from doing so */
    public BatchRunner(BatchQueue batchQueue, BatchFlow flow, Acknowledger acknowledger, IdleWork idleWork,
            RetrySettings retries, MeterRegistry meters) {
        this.batchQueue = batchQueue;
        this.flow = flow;
        this.idleWork = idleWork;
        this.retries = retries;
        this.lossPause = new Pause(retries, () -> running);
        this.unexpectedPause = new Pause(retries, () -> running);
        this.acknowledgements = new Acknowledgements(unconfirmed, flow, acknowledger, batchQueue, meters);
    }

    @Override
    protected void doStart() {
        idleSince = System.nanoTime();
        thread = new Thread(this::run, "chat21-batches");
        acknowledging = new Thread(acknowledgements::run, "chat21-acknowledgements");
        running = true;
        thread.start();
        acknowledging.start();
    }

    /** Takes nothing more over, and returns when what was taken over is done or the time for it is over. */
    @Override
    protected void doStop() throws InterruptedException {
        batchQueue.close();
        running = false;
        if (thread != null) {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(retries.stopTimeoutMs());
            thread.join(retries.stopTimeoutMs());
            acknowledging.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
    }

    /** Whether one of its threads has ended though nobody stopped it. */
    public boolean isDead() {
        return running && (thread.getState() == Thread.State.TERMINATED
                || acknowledging.getState() == Thread.State.TERMINATED);
    }

    private void run() {
        while (running || !isDone()) {
            try {
                Batch batch = next();
                if (batch != null) {
                    finish(batch);
                    idleSince = System.nanoTime();
                } else {
                    forgetWhenIdle();
                }
            } catch (InterruptedException e) {
                goOn();
            } catch (RuntimeException | Error e) {
                LOG.error("The batch thread goes on after an unexpected error", e);
            }
        }
        unconfirmed.close();
    }

    // Nobody here interrupts it, and H2 would close its file if it were passed on.
    private static void goOn() {
        LOG.warn("The batch thread was interrupted and goes on");
    }

    private boolean isDone() {
        return batchQueue.isEmpty() && again.isEmpty() && unconfirmed.isEmpty();
    }

    private Batch next() throws InterruptedException {
        if (!running && batchQueue.isEmpty()) {
            unconfirmed.awaitEmpty();
        }
        unconfirmed.awaitInboxesButNewest(CONFIRM_MS);
        takeBackLost();
        return again.isEmpty() ? batchQueue.next(POLL_MS) : again.poll();
    }

    // What was lost is older than whatever else waits to be tried again. If nothing got through since the last loss, another
    // one is likely, and so there is a pause.
    private void takeBackLost() throws InterruptedException {
        List<Batch> lost = new ArrayList<>(unconfirmed.takeLost());
        if (lost.isEmpty()) {
            return;
        }
        Collections.reverse(lost);
        lost.forEach(again::push);
        if (doneAtLoss != unconfirmed.done()) {
            doneAtLoss = unconfirmed.done();
            lossPause.reset();
        } else if (!running && lossPause.isOver()) {
            LOG.warn("Stopped without confirms; the broker keeps what came");
            again.forEach(this::giveBack);
            again.clear();
        } else {
            LOG.warn("What was published is lost again; waiting {} ms", lossPause.nextMs());
            lossPause.await();
        }
    }

    private void finish(Batch batch) throws InterruptedException {
        try {
            process(batch);
            unexpectedPause.reset();
        } catch (InterruptedException e) {
            // It is not done, and what comes after it must not be acknowledged before it is.
            again.push(batch);
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("A batch ended unexpectedly; the broker keeps its messages", e);
            giveBack(batch);
            // It hands them over again at once.
            unexpectedPause.await();
        }
    }

    private void process(Batch batch) throws InterruptedException {
        Pause pause = new Pause(retries, () -> running);
        while (true) {
            batch.startAttempt();
            if (batch.isStale()) {
                batchQueue.done(batch);
                return;
            }
            Exception failure = commit(batch);
            if (failure == null || batch.isPublished()) {
                if (failure != null) {
                    acknowledgements.sayThatAStepFailed(failure);
                }
                batchQueue.keepHeldBack(batch);
                keepUnconfirmed(batch);
                return;
            }
            QueueLost lost = QueueLost.in(failure);
            if (lost != null) {
                LOG.warn("Another node goes on where this one was: {}", lost.getMessage());
                // Once a channel at most, so it needs no pause.
                lost.giveBack();
            } else if (FailureKind.isOutage(failure) || FailureKind.mayBeCollision(failure, batch.attempts())) {
                if (!FailureKind.isOutage(failure)) {
                    // What another node has made is there by now, so these pauses need not grow.
                    pause.reset();
                }
                LOG.warn("Waiting {} ms for database or broker: {}", pause.nextMs(), FailureKind.describe(failure));
                LOG.debug("The outage shows as", failure);
                if (!isToBeTriedAgain(batch, pause)) {
                    return;
                }
            } else if (batch.items().size() > 1) {
                LOG.warn("A batch failed, its messages are tried one by one: {}", FailureKind.describe(failure));
                LOG.debug("The batch failed by", failure);
                takeApart(batch);
                return;
            } else if (batch.items().get(0).isCondemned()) {
                LOG.warn("Not even the dead letter of a message gets through, so the fault is not its own; waiting {} ms: {}",
                        pause.nextMs(), FailureKind.describe(failure));
                LOG.debug("The dead letter failed by", failure);
                batch.items().get(0).pardon();
                if (!isToBeTriedAgain(batch, pause)) {
                    return;
                }
            } else if (batch.attempts() >= retries.maxTries()) {
                batch.items().get(0).condemn(Refusals.refusalOf(failure));
            }
        }
    }

    // After a pause; unless a stop has waited long enough, or what was published before has to come first.
    private boolean isToBeTriedAgain(Batch batch, Pause pause) throws InterruptedException {
        if (!running && pause.isOver()) {
            LOG.warn("Stopped; the broker keeps {} messages", batch.items().size());
            giveBack(batch);
            return false;
        }
        if (!unconfirmed.awaitEmpty()) {
            again.push(batch);
            return false;
        }
        pause.await();
        return true;
    }

    // It is stored and published, whoever interrupts.
    private void keepUnconfirmed(Batch batch) {
        while (true) {
            try {
                unconfirmed.add(batch);
                return;
            } catch (InterruptedException e) {
                goOn();
            }
        }
    }

    private Exception commit(Batch batch) {
        try {
            return flow.commit(batch);
        } finally {
            batchQueue.takeBack(batch.takeLeft());
        }
    }

    private void takeApart(Batch batch) {
        List<Batch> parts = new ArrayList<>(batchQueue.takeApart(batch));
        Collections.reverse(parts);
        parts.forEach(again::push);
    }

    private void giveBack(Batch batch) {
        batch.giveBack();
        batchQueue.done(batch);
    }

    // Once nothing has come for longer than the window, all is acknowledged, and an equal message is a new one.
    private void forgetWhenIdle() {
        if (unconfirmed.isEmpty() && System.nanoTime() - idleSince > retries.rememberMs() * 1_000_000) {
            idleSince = System.nanoTime();
            try {
                idleWork.forget();
            } catch (SQLException e) {
                LOG.debug("What was stored is forgotten later", e);
            }
        }
    }
}

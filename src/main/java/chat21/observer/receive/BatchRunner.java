package chat21.observer.receive;

import java.sql.SQLException;
import java.util.List;

import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.refuse.Refusals;
import chat21.observer.store.FirstAttempts;

/**
 * Drives the flow, batch after batch, on one thread, so that the order of the queue is the order of the inboxes. A batch
 * is tried until it is done: while database or broker are away it waits for them; a message that fails each time while
 * they are there goes to the dead letters alone.
 */
public final class BatchRunner extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
    private static final long POLL_MS = 200;

    private final Gatherer gatherer;
    private final BatchFlow flow;
    private final FirstAttempts firstAttempts;
    private final RetrySettings retries;
    private Thread thread;
    private volatile boolean running;
    private long idleSince;

    /** The routes that a batch goes through. */
    @FunctionalInterface
    public interface BatchFlow {
        /** Works on the batch; null when it is stored, published, confirmed and acknowledged, else what went wrong. */
        Exception process(Batch batch);
    }

    public BatchRunner(Gatherer gatherer, BatchFlow flow, FirstAttempts firstAttempts, RetrySettings retries) {
        this.gatherer = gatherer;
        this.flow = flow;
        this.firstAttempts = firstAttempts;
        this.retries = retries;
    }

    @Override
    protected void doStart() {
        running = true;
        idleSince = System.nanoTime();
        thread = new Thread(this::run, "chat21-batches");
        thread.start();
    }

    /** Takes nothing more over, and returns when what was taken over is done or the time for it is over. */
    @Override
    protected void doStop() throws InterruptedException {
        gatherer.close();
        running = false;
        if (thread != null) {
            thread.join(retries.stopTimeoutMs());
        }
    }

    private void run() {
        while (running || !gatherer.isEmpty()) {
            try {
                Batch batch = gatherer.next(POLL_MS);
                if (batch != null) {
                    finish(batch);
                    idleSince = System.nanoTime();
                } else {
                    forgetWhenIdle();
                }
            } catch (InterruptedException e) {
                // Nobody here interrupts it, and H2 would close its file if it were passed on.
                LOG.warn("The batch thread was interrupted and goes on");
            }
        }
    }

    private void finish(Batch batch) throws InterruptedException {
        try {
            process(batch);
        } catch (RuntimeException e) {
            LOG.error("A batch ended unexpectedly; the broker keeps its messages", e);
            batch.giveBack();
        } finally {
            gatherer.done(batch);
        }
    }

    private void process(Batch batch) throws InterruptedException {
        Pause pause = new Pause(retries);
        while (true) {
            batch.startAttempt();
            Exception failure = flow.process(batch);
            if (failure != null && batch.isAcknowledged()) {
                LOG.warn("A batch is done, but what comes after failed: {}", Outages.describe(failure));
                LOG.debug("What comes after failed by", failure);
            }
            if (failure == null || batch.isAcknowledged() || batch.isStale()) {
                return;
            }
            if (Outages.isOutage(failure)) {
                LOG.warn("Waiting {} ms for database or broker: {}", pause.nextMs(), Outages.describe(failure));
                LOG.debug("The outage shows as", failure);
                if (!running && pause.isOver()) {
                    LOG.warn("Stopped without them; the broker keeps {} messages", batch.deliveries().size());
                    batch.giveBack();
                    return;
                }
                pause.await();
            } else if (batch.deliveries().size() > 1) {
                LOG.warn("A batch failed, its messages are tried one by one: {}", Outages.describe(failure));
                LOG.debug("The batch failed by", failure);
                for (Delivery delivery : batch.deliveries()) {
                    if (delivery.channel().isOpen()) {
                        process(new Batch(List.of(delivery)));
                    }
                }
                return;
            } else if (batch.attempts() >= retries.maxTries()) {
                batch.deliveries().get(0).condemn(Refusals.refusalOf(failure));
            }
        }
    }

    // Once nothing has come for longer than the window, all is acknowledged, and an equal message is a new one.
    private void forgetWhenIdle() {
        if (System.nanoTime() - idleSince > retries.rememberMs() * 1_000_000) {
            idleSince = System.nanoTime();
            try {
                firstAttempts.forget();
            } catch (SQLException e) {
                LOG.debug("What was stored is forgotten later", e);
            }
        }
    }
}

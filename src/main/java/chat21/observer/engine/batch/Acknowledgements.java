package chat21.observer.engine.batch;

import java.io.IOException;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges what is stored and published, batch after batch, as the broker confirms it, on a thread of its own: the
 * next batch is worked on meanwhile. Only what a lost connection keeps the broker from confirming is published again,
 * whatever else fails on the way.
 */
final class Acknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private final InFlightBatches unconfirmed;
    private final BatchFlow flow;
    private final Acknowledger acknowledger;
    private final BatchQueue batchQueue;
    private final Counter failed;

    Acknowledgements(InFlightBatches unconfirmed, BatchFlow flow, Acknowledger acknowledger, BatchQueue batchQueue,
            MeterRegistry meters) {
        this.unconfirmed = unconfirmed;
        this.flow = flow;
        this.acknowledger = acknowledger;
        this.batchQueue = batchQueue;
        this.failed = Counter.builder("chat21_steps_failed_after_publishing")
                .description("Steps that failed after a batch was published; it was acknowledged nevertheless")
                .register(meters);
    }

    /** Works until no batch is left and none can come. */
    void run() {
        while (true) {
            try {
                Batch batch = unconfirmed.oldest();
                if (batch == null) {
                    return;
                }
                acknowledge(batch);
            } catch (InterruptedException e) {
                goOn();
            } catch (RuntimeException | Error e) {
                LOG.error("A batch could not be acknowledged, and is published again", e);
                unconfirmed.lose();
            }
        }
    }

    private static void goOn() {
        LOG.warn("The thread of the acknowledgements was interrupted and goes on");
    }

    private void acknowledge(Batch batch) {
        Throwable failure = failure(batch);
        if (isAtEnd(batch)) {
            if (failure != null && !batch.isStale()) {
                sayThatAStepFailed(failure);
            }
            batchQueue.done(batch);
            unconfirmed.removeOldest();
        } else {
            LOG.warn("A batch is not confirmed, and is published again");
            unconfirmed.lose();
        }
    }

    private Throwable failure(Batch batch) {
        try {
            return flow.acknowledge(batch);
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    /** Counts a step that failed after its batch was published. */
    void sayThatAStepFailed(Throwable failure) {
        failed.increment();
        LOG.warn("A batch is published, but a step after that failed: {}", FailureKind.describe(failure));
        LOG.debug("The step failed by", failure);
    }

    // Where the route did not come to the acknowledgement, it is given here.
    private boolean isAtEnd(Batch batch) {
        if (batch.isAcknowledged() || batch.isStale()) {
            return true;
        }
        while (true) {
            try {
                batch.awaitConfirms();
                acknowledger.acknowledge(batch);
                return true;
            } catch (IOException e) {
                LOG.debug("The batch is not confirmed for", e);
                return batch.isStale();
            } catch (InterruptedException e) {
                goOn();
            }
        }
    }
}

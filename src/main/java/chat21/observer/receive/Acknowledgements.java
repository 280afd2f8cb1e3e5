package chat21.observer.receive;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges what is stored and published, batch after batch, as the broker confirms it, on a thread of its own: the
 * next batch is worked on meanwhile.
 */
final class Acknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private final Unconfirmed unconfirmed;
    private final BatchFlow flow;
    private final Gatherer gatherer;

    Acknowledgements(Unconfirmed unconfirmed, BatchFlow flow, Gatherer gatherer) {
        this.unconfirmed = unconfirmed;
        this.flow = flow;
        this.gatherer = gatherer;
    }

    /** Works until no batch is left and none can come. */
    void run() {
        try {
            for (Batch batch = unconfirmed.oldest(); batch != null; batch = unconfirmed.oldest()) {
                acknowledge(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledge(Batch batch) {
        Exception failure = flow.acknowledge(batch);
        if (failure == null || batch.isAcknowledged() || batch.isStale()) {
            if (failure != null && batch.isAcknowledged()) {
                LOG.warn("A batch is done, but what comes after failed: {}", Outages.describe(failure));
                LOG.debug("What comes after failed by", failure);
            }
            gatherer.done(batch);
            unconfirmed.removeOldest();
        } else {
            LOG.warn("A batch is not confirmed, and is published again: {}", Outages.describe(failure));
            LOG.debug("The batch is not confirmed for", failure);
            unconfirmed.lose();
        }
    }
}

package chat21.observer.engine.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Batches that are stored and published, in their order, until the broker has confirmed them. One thread adds, another
 * takes from the front; when a batch turns out to be lost on its way, the first takes all of them back.
 */
final class InFlightBatches {

    private final int limit;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private long done;
    private boolean lost;
    private boolean closed;

    /** @param limit the most batches that are on their way */
    InFlightBatches(int limit) {
        this.limit = limit;
    }

    /** Adds a batch, once there is room. */
    synchronized void add(Batch batch) throws InterruptedException {
        while (batches.size() >= limit && !lost) {
            wait();
        }
        batches.add(batch);
        notifyAll();
    }

    /** The oldest batch, which stays until it is removed; null when it is closed and empty. */
    synchronized Batch oldest() throws InterruptedException {
        while ((batches.isEmpty() || lost) && !(closed && batches.isEmpty())) {
            wait();
        }
        return batches.peek();
    }

    /** The oldest batch is done. */
    synchronized void removeOldest() {
        batches.remove();
        done++;
        notifyAll();
    }

    /** How many batches have been done. */
    synchronized long done() {
        return done;
    }

    /** The oldest batch did not reach the broker, and so perhaps those after it did not either. */
    synchronized void lose() {
        lost = true;
        notifyAll();
    }

    /** Takes back what is lost, oldest first; nothing where nothing is. */
    synchronized List<Batch> takeLost() {
        if (!lost) {
            return List.of();
        }
        List<Batch> taken = new ArrayList<>(batches);
        batches.clear();
        lost = false;
        notifyAll();
        return taken;
    }

    /** Returns once nothing is on its way any more or something is lost; true if nothing is. */
    synchronized boolean awaitEmpty() throws InterruptedException {
        while (!batches.isEmpty() && !lost) {
            wait();
        }
        return batches.isEmpty();
    }

    /**
     * Returns once only the newest batch is still on its way to inboxes, but after that time in ms at the latest. With one
     * on its way, the broker and the thread of the batches both have work.
     */
    void awaitInboxesButNewest(long timeoutMs) throws InterruptedException {
        Batch last = secondNewest();
        if (last != null) {
            last.inboxes().await(timeoutMs);
        }
    }

    private synchronized Batch secondNewest() {
        Iterator<Batch> fromNewest = batches.descendingIterator();
        if (fromNewest.hasNext()) {
            fromNewest.next();
        }
        return fromNewest.hasNext() ? fromNewest.next() : null;
    }

    synchronized boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Says that nothing more is added. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}

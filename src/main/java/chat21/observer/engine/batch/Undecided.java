package chat21.observer.engine.batch;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

import chat21.observer.message.Delivery;

/**
 * The deliveries of a batch that still have to find their way through the routes, as long as there is room for the copies of
 * those before them. A burst of messages to thousands would fill the memory if a batch decided them all.
 */
final class Undecided implements Iterator<Delivery> {

    private final Batch batch;
    private Iterator<Delivery> deliveries;
    private int room;
    private Delivery last;
    private Delivery next;

    /** @param room for how many copies there is room; the first delivery is decided whatever it is */
    Undecided(Batch batch, int room) {
        this.batch = batch;
        this.deliveries = batch.undecided().iterator();
        this.room = room;
    }

    // Camel asks for the next one when it has got one and not yet worked on it.
    @Override
    public boolean hasNext() {
        if (next == null && deliveries.hasNext()) {
            next = deliveries.next();
            if (last != null && room <= 0) {
                leaveRest();
            }
        }
        return next != null;
    }

    private void leaveRest() {
        batch.leaveFrom(next);
        next = null;
        deliveries = Collections.emptyIterator();
    }

    @Override
    public Delivery next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (last != null) {
            room -= last.decision().copies().size();
        }
        if (last != null && last.decision().isInterrupted()) {
            next = null;
            deliveries = Collections.emptyIterator();
            // Camel's splitter takes this as the end.
            return null;
        }
        last = next;
        next = null;
        return last;
    }
}

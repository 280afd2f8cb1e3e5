package chat21.observer.receive;

import java.util.List;

import chat21.observer.inbox.InboxCopy;

/**
 * The copies of one message that were held back when it was stored, on their way to their inboxes, a portion at a time.
 * Its delivery is acknowledged only after the last of them; should its channel be lost before, the broker hands the
 * message over again, and its fan-out begins anew.
 */
public final class FanOut {

    private final Delivery origin;
    private final List<InboxCopy> copies;
    private final boolean again;
    private int taken;
    private int portions;
    private volatile int served;
    private volatile boolean exhausted;

    /**
     * A message's fan-out.
     *
     * @param origin the delivery that the message came in
     * @param copies what was held back of it, in the order of delivery
     * @param again  whether an earlier attempt may have stored some of them
     */
    FanOut(Delivery origin, List<InboxCopy> copies, boolean again) {
        this.origin = origin;
        this.copies = copies;
        this.again = again;
    }

    /** The delivery that the message came in. */
    public Delivery origin() {
        return origin;
    }

    /** Whether an earlier attempt may have stored some of its copies. */
    public boolean again() {
        return again;
    }

    /** The next portion, to be stored and published like a message of its own. For the thread of the batches alone. */
    Delivery next(int maxCopies) {
        List<InboxCopy> portion = copies.subList(taken, Math.min(copies.size(), taken + maxCopies));
        taken += portion.size();
        portions++;
        exhausted = taken == copies.size();
        return Delivery.portion(this, portion);
    }

    /** How many copies no portion was made of yet. */
    int remaining() {
        return copies.size() - taken;
    }

    /** Says that the broker has confirmed a portion. For the thread of the acknowledgements alone. */
    void portionServed() {
        served++;
    }

    /** Whether the broker has confirmed all of it. */
    public boolean isServed() {
        return exhausted && served == portions;
    }

    /** Whether nothing more comes of it: it is served, or left to whoever the broker hands its message to. */
    public boolean isOver() {
        return isServed() || !origin.channel().isOpen();
    }
}

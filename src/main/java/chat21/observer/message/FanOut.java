package chat21.observer.message;

import java.util.List;

import chat21.observer.message.Lookups.Key;

/**
 * The copies of one message that were held back when it was stored, on their way to their inboxes, a portion at a time.
 * Its delivery is acknowledged only after the last of them; should its channel be lost before, the broker hands the
 * message over again, and its fan-out begins anew.
 */
public final class FanOut {

    private final int number;
    private final Delivery origin;
    private final Key group;
    private final boolean again;
    private int remaining;
    private int portions;
    private int served;
    private volatile boolean exhausted;
    private volatile boolean isServed;

    /**
     * A message's fan-out.
     *
     * @param number growing from message to message
     * @param origin the delivery that the message came in
     * @param group  the conversation that its copies enter
     * @param copies how many copies were held back of it
     * @param again  whether an earlier attempt may have stored some of them
     */
    public FanOut(int number, Delivery origin, Key group, int copies, boolean again) {
        this.number = number;
        this.origin = origin;
        this.group = group;
        this.remaining = copies;
        this.again = again;
    }

    public int number() {
        return number;
    }

    public Key group() {
        return group;
    }

    /** The delivery that the message came in. */
    public Delivery origin() {
        return origin;
    }

    /** Whether an earlier attempt may have stored some of its copies. */
    public boolean again() {
        return again;
    }

    /** A portion, to be stored and published like a message of its own. For the thread of the batches alone. */
    public Portion portion(List<InboxCopy> copies) {
        remaining -= copies.size();
        portions++;
        exhausted = remaining == 0;
        return new Portion(this, copies);
    }

    /** Says that the broker has confirmed a portion. For the thread of the acknowledgements alone. */
    public void portionServed() {
        served++;
        isServed = exhausted && served == portions;
    }

    /** Whether the broker has confirmed all of it. */
    public boolean isServed() {
        return isServed;
    }

    /** Whether nothing more comes of it: it is served, or left to whoever the broker hands its message to. */
    public boolean isOver() {
        return isServed() || !origin.channel().isOpen();
    }
}

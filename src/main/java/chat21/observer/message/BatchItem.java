package chat21.observer.message;

import java.util.List;

import chat21.observer.protocol.Refusal;

/**
 * What a batch takes through the flow, and what its attempts came to: a delivery, or a portion of the copies that were held
 * back of one. It belongs to one batch and is touched by the thread of that batch alone.
 */
public abstract sealed class BatchItem permits Delivery, Portion {

    private Decision decision = new Decision();
    private Refusal condemned;
    // What came of storing it; it is stored once, but may have to be told more than once.
    private List<Publication> announcedByStoring = List.of();
    private int attempts;

    /** The delivery that it is, or is a portion of. */
    public abstract Delivery delivery();

    /** Whether it is stored, so that it needs only to be published. */
    public abstract boolean alreadyStored();

    /** Says that its rows are on disk, should a later step have to be tried again. */
    public abstract void markStored();

    /** What became of it. */
    public final Decision decision() {
        return decision;
    }

    /**
     * Forgets what an attempt came to, before the next one: that begins with what the broker handed over, and with what is
     * known of it for good, that it is stored.
     */
    public void startAgain() {
        attempts++;
        decision = new Decision();
        decideAgain(decision);
        announcedByStoring.forEach(decision::announceAgain);
        if (condemned != null) {
            decision.refuse(condemned);
        }
    }

    /** Decides what is known before any step. */
    abstract void decideAgain(Decision anew);

    /** Keeps what storing it had to tell, for every later attempt. */
    final void keepAnnouncements() {
        if (announcedByStoring.isEmpty()) {
            announcedByStoring = List.copyOf(decision.announcements());
        }
    }

    /** How often it was begun. */
    final int attempts() {
        return attempts;
    }

    /** Says that no further attempt is made: whatever comes, it goes to the dead letters. */
    public final void condemn(Refusal why) {
        condemned = why;
    }

    public final boolean isCondemned() {
        return condemned != null;
    }

    /** Takes that back: what made it fail has nothing to do with it. */
    public final void pardon() {
        condemned = null;
    }
}

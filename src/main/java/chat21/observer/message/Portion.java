package chat21.observer.message;

import java.util.List;

/** Some of the copies that were held back of a message: stored and published by itself, and not acknowledged by itself. */
public final class Portion extends BatchItem {

    private final FanOut fanOut;
    private final List<InboxCopy> copies;
    private boolean stored;

    Portion(FanOut fanOut, List<InboxCopy> copies) {
        this.fanOut = fanOut;
        this.copies = copies;
        startAgain();
    }

    /** Where it belongs. */
    public FanOut fanOut() {
        return fanOut;
    }

    @Override
    public Delivery delivery() {
        return fanOut.origin();
    }

    @Override
    public boolean alreadyStored() {
        return stored;
    }

    @Override
    public void markStored() {
        if (!stored && decision().message() != null) {
            stored = true;
            keepAnnouncements();
        }
    }

    @Override
    void decideAgain(Decision anew) {
        copies.forEach(anew::add);
    }
}

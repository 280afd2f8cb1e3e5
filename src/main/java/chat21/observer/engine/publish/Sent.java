package chat21.observer.engine.publish;

import chat21.observer.message.Publication;

/** A publication that was handed to the broker under a number, and what the broker said of it; or one that waits for that. */
final class Sent {

    private final Publication publication;
    private final Handover handover;
    private final long number;
    private boolean isAnswered;
    private boolean isTaken;

    /**
     * @param handover what it was handed over with
     * @param number   the broker's, or 0 if it was not handed over yet
     */
    Sent(Publication publication, Handover handover, long number) {
        this.publication = publication;
        this.handover = handover;
        this.number = number;
    }

    Publication publication() {
        return publication;
    }

    Handover handover() {
        return handover;
    }

    long number() {
        return number;
    }

    boolean isAnswered() {
        return isAnswered;
    }

    boolean isTaken() {
        return isTaken;
    }

    void answered(boolean taken) {
        isAnswered = true;
        isTaken = taken;
    }
}

package chat21.observer.engine.publish;

/** What is published together, and published together again if its channel is lost before all of it is confirmed. */
final class Handover {

    /** One of which all is confirmed, whatever the channel. */
    static final Handover ENDED = new Handover();

    static {
        ENDED.end(0);
    }

    // Not known before all of it is handed over.
    private volatile long last = Long.MAX_VALUE;

    /** The number up to which the broker has to confirm. */
    long last() {
        return last;
    }

    void end(long number) {
        last = number;
    }
}

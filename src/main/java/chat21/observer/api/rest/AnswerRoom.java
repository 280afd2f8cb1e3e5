package chat21.observer.api.rest;

import io.micrometer.core.instrument.Counter;

import chat21.observer.flow.history.PageRoom;

/**
 * The bytes of one answer. They count among those of all, and of its caller, from when they are read until the caller has read
 * them, or its connection is given up.
 */
final class AnswerRoom implements PageRoom {

    private final BytesInFlight answers;
    private final Readers readers;
    private final long maxPageBytes;
    private final Counter refused;
    private String owner = "";
    private long held;
    private boolean left;

    AnswerRoom(BytesInFlight answers, Readers readers, long maxPageBytes, Counter refused) {
        this.answers = answers;
        this.readers = readers;
        this.maxPageBytes = maxPageBytes;
        this.refused = refused;
    }

    /**
     * Says for whom it is; callers without a token count together.
     *
     * @throws RestError if that caller has too much to read yet, or all together have
     */
    synchronized void claim(String caller) {
        owner = caller;
        while (!answers.hasRoom(owner)) {
            makeRoom(1);
        }
    }

    /** @throws RestError if there is room in the page, but not among the bytes of all answers */
    @Override
    public synchronized boolean take(long bytes) {
        if (held > 0 && held + bytes > maxPageBytes) {
            return false;
        }
        while (!answers.take(owner, bytes)) {
            makeRoom(bytes);
        }
        held += bytes;
        return true;
    }

    private void makeRoom(long bytes) {
        if (!readers.makeRoom(answers.isFull(bytes) ? null : owner)) {
            refused.increment();
            throw new RestError(503, "Too many bytes are on their way; try again in a moment.");
        }
    }

    /** Says how many bytes it has in the end. */
    synchronized void settle(long bytes) {
        answers.add(owner, bytes - held);
        held = bytes;
    }

    /** Holds nothing any more. */
    synchronized void leave() {
        if (!left) {
            left = true;
            answers.give(owner, held);
        }
    }

    synchronized String owner() {
        return owner;
    }

    synchronized long held() {
        return held;
    }
}

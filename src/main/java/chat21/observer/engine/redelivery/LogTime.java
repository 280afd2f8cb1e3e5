package chat21.observer.engine.redelivery;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The time at which what is stored from one queue is noted. It always grows, whatever the machine's clock does, and tells
 * which notes are older than a length of time.
 */
final class LogTime {

    private static final int MARKS = 20;

    private final long windowNanos;
    // Of the notes so far: when the last of them was made.
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long last;

    private record Mark(long nanos, long noted) {
    }

    /**
     * Begins with the notes that are there.
     *
     * @param newest     the newest of them
     * @param nanos      now, as {@link System#nanoTime()}
     * @param windowNanos what is younger than that is kept
     */
    LogTime(long newest, long nanos, long windowNanos) {
        this.last = newest;
        this.windowNanos = windowNanos;
        marks.add(new Mark(nanos, newest));
    }

    /** The time of the next note. */
    long next(long clockMs, long nanos) {
        last = Math.max(clockMs, last + 1);
        if (nanos - marks.getLast().nanos >= windowNanos / MARKS) {
            marks.add(new Mark(nanos, last));
        }
        return last;
    }

    /** Up to which time all notes are older than the window and that many ns; less than any if there are none. */
    long outdated(long nanos, long moreNanos) {
        long outdated = Long.MIN_VALUE;
        while (!marks.isEmpty() && nanos - marks.getFirst().nanos > windowNanos + moreNanos) {
            outdated = marks.getFirst().noted;
            if (marks.size() == 1) {
                return outdated;
            }
            marks.removeFirst();
        }
        return outdated;
    }
}

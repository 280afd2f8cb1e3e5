package chat21.observer.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * Follows the messages of one run from sending to the last of their copies.
 *
 * <p>Copies arrive on one thread; numbers given out by {@link #sent} come from one thread at a time; anyone may read the
 * counts.
 */
final class Tracker {

    private final int run;
    private final int copiesPerMessage;
    private final Runnable onComplete;
    private final AtomicLongArray sentAt;
    private final int[] received;
    private final Map<String, int[]> lastPerInbox = new HashMap<>();
    private final Histogram latencyMicros = new Histogram(3);

    private volatile int sent;
    private volatile int completed;
    private volatile long copies;
    private volatile long bytes;
    private volatile long outOfOrder;
    private volatile long repeated;
    private volatile long strays;
    private volatile int recordFrom = Integer.MAX_VALUE;

    /** For at most {@code capacity} messages; {@code onComplete} runs, on the receiving thread, after each complete one. */
    Tracker(int run, int copiesPerMessage, int capacity, Runnable onComplete) {
        this.run = run;
        this.copiesPerMessage = copiesPerMessage;
        this.onComplete = onComplete;
        this.sentAt = new AtomicLongArray(capacity);
        this.received = new int[capacity];
    }

    int run() {
        return run;
    }

    /** Notes that a message is about to be sent, or should have been, at a time of {@link System#nanoTime()}. */
    void sent(int number, long nanos) {
        sentAt.set(number, nanos);
        sent = number + 1;
    }

    /** Latencies count from this message on. */
    void recordFrom(int number) {
        recordFrom = number;
    }

    /** Counts a copy; a routing key stands for one conversation in one inbox, and that for one sender. */
    void arrived(String routingKey, byte[] body, long nanos) {
        long found = Marker.find(body);
        if (!isOfThisRun(found)) {
            strays = strays + 1;
            return;
        }
        int number = Marker.number(found);
        int[] last = lastPerInbox.computeIfAbsent(routingKey, key -> new int[] {-1});
        if (number == last[0]) {
            // A copy delivered twice must not stand for one that is missing.
            repeated = repeated + 1;
            return;
        }
        if (number < last[0]) {
            outOfOrder = outOfOrder + 1;
        } else {
            last[0] = number;
        }
        bytes = bytes + body.length;
        count(number, 1, nanos);
    }

    /** Counts copies of one message that would have arrived, had they been published; {@code found} is of its marker. */
    void arrived(long found, int howMany, long nanos) {
        if (!isOfThisRun(found)) {
            strays = strays + howMany;
            return;
        }
        count(Marker.number(found), howMany, nanos);
    }

    private boolean isOfThisRun(long found) {
        return found != Marker.NONE && Marker.run(found) == run;
    }

    private void count(int number, int howMany, long nanos) {
        copies = copies + howMany;
        received[number] += howMany;
        if (howMany > 0 && received[number] == copiesPerMessage) {
            complete(number, nanos);
        }
    }

    private void complete(int number, long nanos) {
        if (number >= recordFrom) {
            latencyMicros.recordValue(Math.max(0, nanos - sentAt.get(number)) / 1_000);
        }
        completed = completed + 1;
        onComplete.run();
    }

    int sent() {
        return sent;
    }

    int completed() {
        return completed;
    }

    long copies() {
        return copies;
    }

    /** The mean size of a copy. */
    long bytesPerCopy() {
        return copies == 0 ? 0 : bytes / copies;
    }

    /** Messages of which a copy is missing. */
    int incomplete() {
        return sent - completed;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    long repeated() {
        return repeated;
    }

    /** Copies of no message of this run, mostly late ones of the run before. */
    long strays() {
        return strays;
    }

    /** In microseconds; to be read when nothing arrives any more. */
    Histogram latency() {
        return latencyMicros;
    }
}

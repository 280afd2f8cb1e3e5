package chat21.observer.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Knows which deliveries may be acknowledged: those whose publishes, and all publishes before, have been confirmed. */
final class AckWindow {

    /** What {@link #confirmed} says while there is nothing to acknowledge. */
    static final long NOTHING = 0;

    private static final int BATCH = 32;

    private record Delivery(long tag, long lastPublish) {
    }

    private final Deque<Delivery> open = new ArrayDeque<>();
    private final Set<Long> early = new HashSet<>();
    private long confirmedUpTo;
    private long ready;
    private long acknowledged;

    /** Notes a delivery before its last publish is made. */
    synchronized void opened(long tag, long lastPublish) {
        open.addLast(new Delivery(tag, lastPublish));
    }

    /** Takes a confirm; the tag up to which to acknowledge now, in batches while more is on the way. */
    synchronized long confirmed(long publish, boolean multiple) {
        if (multiple) {
            confirmedUpTo = Math.max(confirmedUpTo, publish);
        } else {
            early.add(publish);
        }
        while (early.remove(confirmedUpTo + 1)) {
            confirmedUpTo++;
        }
        if (multiple) {
            early.removeIf(number -> number <= confirmedUpTo);
        }
        while (!open.isEmpty() && open.peekFirst().lastPublish() <= confirmedUpTo) {
            ready = open.removeFirst().tag();
        }
        if (ready == acknowledged || ready - acknowledged < BATCH && !open.isEmpty()) {
            return NOTHING;
        }
        acknowledged = ready;
        return ready;
    }
}

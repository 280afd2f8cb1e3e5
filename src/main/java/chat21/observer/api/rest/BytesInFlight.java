package chat21.observer.api.rest;

import java.util.HashMap;
import java.util.Map;

/** Bounds the bytes that strangers make this process hold: all together, and a quarter of that for each of them. */
final class BytesInFlight {

    private static final int SHARES = 4;

    private final long max;
    private final long maxOfOne;
    private final Map<String, Long> held = new HashMap<>();
    private long all;

    /**
     * @param max      the most bytes of all
     * @param maxOfOne the least that one must be able to hold, such as the largest body
     */
    BytesInFlight(long max, long maxOfOne) {
        this.max = max;
        this.maxOfOne = Math.min(max, Math.max(maxOfOne, max / SHARES));
    }

    /** Lets an owner hold so many bytes more, if there is room. */
    synchronized boolean take(String owner, long bytes) {
        if (all + bytes > max || held.getOrDefault(owner, 0L) + bytes > maxOfOne) {
            return false;
        }
        add(owner, bytes);
        return true;
    }

    /** Counts bytes that an owner holds already. */
    synchronized void add(String owner, long bytes) {
        all += bytes;
        held.merge(owner, bytes, Long::sum);
    }

    /** Says that an owner holds so many bytes less. */
    synchronized void give(String owner, long bytes) {
        all -= bytes;
        held.computeIfPresent(owner, (o, before) -> before > bytes ? before - bytes : null);
    }

    /** Whether an owner may make this process hold more. */
    synchronized boolean hasRoom(String owner) {
        return all < max && held.getOrDefault(owner, 0L) < maxOfOne;
    }

    /** Whether so many bytes more would be too many of all together. */
    synchronized boolean isFull(long bytes) {
        return all + bytes > max;
    }

    /** How many bytes are held. */
    synchronized long held() {
        return all;
    }
}

package chat21.observer.store;

import java.util.Arrays;
import java.util.List;

/**
 * Matches the deliveries that a broker hands over again with what was stored from the same queue before.
 *
 * <p>A queue keeps its order, so what comes again after having been stored is the end of what was stored, followed by
 * what never was. Matching therefore only goes forward: the first delivery is looked for from the newest entry back,
 * each later one from the last match on. Two equal messages stay two, and an equal message that was acknowledged long
 * before the newest entry hides nobody.
 */
final class Replay {

    private final List<StoredEntry> entries;
    private int next = -1;

    Replay(List<StoredEntry> entries) {
        this.entries = entries;
    }

    /** The first attempt of the delivery with this digest, or null if it was not stored. */
    FirstAttempt find(byte[] digest) {
        int at = next < 0 ? lastIndexOf(digest) : indexOf(digest, next);
        if (at < 0) {
            return null;
        }
        next = at + 1;
        StoredEntry entry = entries.get(at);
        return new FirstAttempt(entry.messageId().toString(), entry.timestamp());
    }

    private int lastIndexOf(byte[] digest) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (Arrays.equals(entries.get(i).digest(), digest)) {
                return i;
            }
        }
        return -1;
    }

    private int indexOf(byte[] digest, int from) {
        for (int i = from; i < entries.size(); i++) {
            if (Arrays.equals(entries.get(i).digest(), digest)) {
                return i;
            }
        }
        return -1;
    }
}

package chat21.observer.engine.redelivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import chat21.observer.message.FirstAttempt;

/**
 * Matches the deliveries that a broker hands over again with what was stored from the same queue before.
 *
 * <p>A queue keeps its order, so what comes again after having been stored is the end of what was stored, followed by
 * what never was. Batches are acknowledged as a whole, so that end is one or several whole batches. Matching therefore
 * only goes forward: the first delivery is looked for among the beginnings of batches from the newest back, then among
 * all entries, each later one from the last match on. What was stored after the first match comes again too; where none of
 * it does, the match is an equal message that was acknowledged long before. So two equal messages stay two.
 */
final class Replay {

    /** What comes again after a delivery. */
    @FunctionalInterface
    interface Later {

        /** Whether there is any of which the digest is such a one. */
        boolean holds(Predicate<byte[]> digest);
    }

    private final List<StoredEntry> entries = new ArrayList<>();
    private final List<Integer> beginnings = new ArrayList<>();
    private int next = -1;

    /** @param batches what was stored, oldest first */
    Replay(List<List<StoredEntry>> batches) {
        for (List<StoredEntry> batch : batches) {
            beginnings.add(entries.size());
            entries.addAll(batch);
        }
    }

    /** How many with this digest were stored. */
    int count(byte[] digest) {
        return (int) entries.stream().filter(e -> Arrays.equals(e.digest(), digest)).count();
    }

    /** Whether a message of this id was stored. */
    boolean holds(UUID messageId) {
        return entries.stream().anyMatch(e -> e.messageId().equals(messageId));
    }

    /**
     * The first attempt of the delivery with this digest, or null if it was not stored.
     *
     * @param equal how many that were stored with this digest come again, this one among them; 0 if nobody knows
     * @param later what comes again after it; asked only where it matters
     */
    FirstAttempt find(byte[] digest, long equal, Later later) {
        int at = next >= 0 ? indexOf(digest, next) : equal > 0 ? newest(digest, equal) : beginning(digest);
        if (at < 0 || next < 0 && at < entries.size() - 1 && !later.holds(d -> indexOf(d, at + 1) >= 0)) {
            return null;
        }
        next = at + 1;
        StoredEntry entry = entries.get(at);
        return new FirstAttempt(entry.messageId().toString(), entry.timestamp());
    }

    private int newest(byte[] digest, long number) {
        long left = number;
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (isAt(i, digest) && --left == 0) {
                return i;
            }
        }
        return -1;
    }

    private int beginning(byte[] digest) {
        for (int i = beginnings.size() - 1; i >= 0; i--) {
            if (isAt(beginnings.get(i), digest)) {
                return beginnings.get(i);
            }
        }
        // A batch that was recognised as a whole has no row of its own.
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (isAt(i, digest)) {
                return i;
            }
        }
        return -1;
    }

    private int indexOf(byte[] digest, int from) {
        for (int i = from; i < entries.size(); i++) {
            if (isAt(i, digest)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(int index, byte[] digest) {
        return index < entries.size() && Arrays.equals(entries.get(index).digest(), digest);
    }
}

package chat21.observer.receive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import chat21.observer.inbox.InboxCopy;
import chat21.observer.receive.Lookups.Key;

/**
 * Keeps a message to many from holding up the messages after it. A batch takes a bounded number of copies to groups along;
 * of a message beyond that, only the sender's copy and the group's own are stored and published at once. The others wait
 * here, and take turns with what comes: a portion of each group after the other, the messages of a group in their order.
 */
public final class FanOuts {

    // What waits is held in memory; beyond this nothing new is begun.
    private static final int MOST_HELD = 50_000;

    private final int maxCopies;
    // In the order of their turns. For the thread of the batches alone, as what follows.
    private final Map<Key, Deque<FanOut>> waiting = new LinkedHashMap<>();
    private final Map<Key, FanOut> newest = new HashMap<>();
    private int held;
    // Other threads ask about these.
    private final Queue<FanOut> unfinished = new ConcurrentLinkedQueue<>();

    /** @param maxCopies the most copies to groups in a batch, beside each sender's and each group's own */
    public FanOuts(int maxCopies) {
        this.maxCopies = maxCopies;
    }

    /**
     * Holds back what is too much for one batch: before it is stored, but after everything is decided, so that a message
     * is refused as a whole or not at all.
     */
    public Batch holdBack(Batch batch) {
        int room = maxCopies;
        for (Delivery delivery : batch.deliveries()) {
            List<InboxCopy> copies = delivery.outcome().copies();
            if (isToMany(copies)) {
                if (copies.size() > room || isUnderWay(keyOf(copies))) {
                    delivery.outcome().holdBack(copy -> !copy.isOwn() && !copy.isGroupsOwn());
                    // Nor must what comes later in this batch.
                    room = 0;
                } else {
                    room -= copies.size();
                }
            }
        }
        return batch;
    }

    private static boolean isToMany(List<InboxCopy> copies) {
        return copies.size() > 2 || copies.stream().anyMatch(InboxCopy::isGroupsOwn);
    }

    // What comes later must not overtake it.
    private boolean isUnderWay(Key group) {
        FanOut before = newest.get(group);
        return before != null && !before.isOver();
    }

    private static Key keyOf(List<InboxCopy> copies) {
        InboxCopy any = copies.get(0);
        return new Key(any.message().app(), any.peer());
    }

    /** Puts what was held back of a batch, which is stored and published as far as it goes, in line. */
    void keep(Batch batch) {
        for (Delivery delivery : batch.deliveries()) {
            List<InboxCopy> copies = delivery.outcome().heldBack();
            if (!copies.isEmpty() && delivery.fanOut() == null) {
                FanOut fanOut = new FanOut(delivery, copies, delivery.wasDuplicate() || batch.isRetry());
                delivery.begin(fanOut);
                Key group = keyOf(copies);
                waiting.computeIfAbsent(group, g -> new ArrayDeque<>()).add(fanOut);
                held += copies.size();
                newest.put(group, fanOut);
                unfinished.add(fanOut);
            }
        }
    }

    /** Whether any copies wait for their turn. */
    boolean isAnyWaiting() {
        forgetWhatIsOver();
        return !waiting.isEmpty();
    }

    /** Whether so much waits that nothing new is to be begun. */
    boolean isFull() {
        return held > MOST_HELD;
    }

    /** What has its turn now; to be called only while any waits. */
    Batch next() {
        List<Delivery> portions = new ArrayList<>();
        int room = maxCopies;
        while (room > 0 && !waiting.isEmpty()) {
            Map.Entry<Key, Deque<FanOut>> first = waiting.entrySet().iterator().next();
            waiting.remove(first.getKey());
            Deque<FanOut> ofGroup = first.getValue();
            FanOut fanOut = ofGroup.peek();
            Delivery portion = fanOut.next(room);
            portions.add(portion);
            room -= portion.outcome().copies().size();
            if (fanOut.remaining() == 0) {
                ofGroup.remove();
            }
            if (!ofGroup.isEmpty()) {
                waiting.put(first.getKey(), ofGroup);
            }
        }
        held -= maxCopies - room;
        return Batch.ofPortions(portions);
    }

    // What came over a lost channel comes again, and is begun anew then.
    private void forgetWhatIsOver() {
        if (unfinished.removeIf(FanOut::isOver)) {
            newest.values().removeIf(FanOut::isOver);
            waiting.values().forEach(ofGroup -> ofGroup.removeIf(FanOut::isOver));
            waiting.values().removeIf(Deque::isEmpty);
            held = waiting.values().stream().flatMap(Deque::stream).mapToInt(FanOut::remaining).sum();
        }
    }

    /** Whether every message that was begun has come to its end. */
    boolean isIdle() {
        return unfinished.stream().allMatch(FanOut::isOver);
    }

    /** How many messages of a queue are not at their end. */
    int unfinished(String queue) {
        return (int) unfinished.stream().filter(f -> f.origin().queue().equals(queue) && !f.isOver()).count();
    }

    /**
     * Since when a message of that queue is on its way that is not at its end, in ms since 1970; {@code now} if there is
     * none, and 0 if it is not known.
     */
    public long since(String queue, long now) {
        return unfinished.stream().filter(f -> f.origin().queue().equals(queue) && !f.isOver())
                .mapToLong(f -> f.again() ? 0 : f.origin().receivedAt()).min().orElse(now);
    }
}

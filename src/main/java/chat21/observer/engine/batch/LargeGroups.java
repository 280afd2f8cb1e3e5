package chat21.observer.engine.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

import chat21.observer.message.Delivery;
import chat21.observer.message.FanOut;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.Lookups.Key;

/**
 * Keeps a message to many from holding up the messages after it. A batch takes a bounded number of copies to groups along;
 * of a message beyond that, only the sender's copy and the group's own are stored and published at once. The others wait
 * here, and take turns with what comes.
 *
 * <p>They are served inbox by inbox, round and round in the order of their owners, so that what waits for one inbox enters it
 * together and in the order of the queue, a message that comes later waits for one round at most, and neighbouring rows of
 * the database are changed together.
 */
public final class LargeGroups {

    // What waits is held in memory; beyond this nothing new is begun, in the midst of a batch either.
    private static final int MOST_HELD = 50_000;

    private final int maxCopies;
    private final int mostHeld;
    // By owner, each in the order of the queue. For the thread of the batches alone, as what follows.
    private final NavigableMap<Key, Deque<Waiting>> waiting = new TreeMap<>(
            Comparator.comparing(Key::app).thenComparing(Key::id));
    private Key lastServed = new Key("", "");
    private int begun;
    private volatile int held;
    private Consumer<Delivery> over = origin -> { };
    // Other threads ask about these.
    private final Queue<FanOut> unfinished = new ConcurrentLinkedQueue<>();

    private record Waiting(FanOut fanOut, InboxCopy copy) {
    }

    /** @param maxCopies the most copies to groups in a batch, beside each sender's and each group's own */
    public LargeGroups(int maxCopies) {
        this(maxCopies, MOST_HELD);
    }

    /**
     * With a bound of its own.
     *
     * @param maxCopies the most copies to groups in a batch, beside each sender's and each group's own
     * @param mostHeld  beyond how many copies that wait nothing new is begun
     */
    public LargeGroups(int maxCopies, int mostHeld) {
        this.maxCopies = maxCopies;
        this.mostHeld = mostHeld;
    }

    /** Tells the delivery of each message that has come to its end. */
    void tellWhatIsOver(Consumer<Delivery> whom) {
        over = whom;
    }

    /**
     * What of a batch is to be decided, one delivery after the other as long as there is room for their copies; those
     * after that are left to a later batch. To be iterated while they are decided.
     */
    public Iterator<Delivery> undecided(Batch batch) {
        return new Undecided(batch, batch.wasCommitted() ? Integer.MAX_VALUE : mostHeld - held);
    }

    /**
     * Holds back what is too much for one batch: before it is stored, but after everything is decided, so that a message
     * is refused as a whole or not at all.
     */
    public Batch holdBack(Batch batch) {
        int room = maxCopies;
        for (Delivery delivery : batch.deliveries()) {
            List<InboxCopy> copies = delivery.decision().copies();
            if (isToMany(copies)) {
                if (copies.size() > room || isUnderWay(keyOf(copies), delivery)) {
                    delivery.decision().holdBack(copy -> !copy.isOwn() && !copy.isGroupsOwn(),
                            delivery.alreadyStored());
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

    // What comes later must not overtake it. What came before it and is tried again has to be first.
    private boolean isUnderWay(Key group, Delivery later) {
        return underWay().anyMatch(f -> f.group().equals(group) && f.origin().takenAt() <= later.takenAt());
    }

    private static Key keyOf(List<InboxCopy> copies) {
        InboxCopy any = copies.get(0);
        return new Key(any.message().app(), any.peer());
    }

    /** Puts what was held back of a batch, which is stored and published as far as it goes, in line. */
    void keep(Batch batch) {
        for (Delivery delivery : batch.deliveries()) {
            List<InboxCopy> copies = delivery.decision().heldBack();
            if (!copies.isEmpty() && delivery.fanOut() == null) {
                begin(new FanOut(begun++, delivery, keyOf(copies), copies.size(),
                        delivery.decision().isHeldBackAgain()), copies);
            }
        }
    }

    private void begin(FanOut fanOut, List<InboxCopy> copies) {
        fanOut.origin().begin(fanOut);
        for (InboxCopy copy : copies) {
            waiting.computeIfAbsent(new Key(copy.message().app(), copy.owner()), owner -> new ArrayDeque<>(1))
                    .add(new Waiting(fanOut, copy));
        }
        held += copies.size();
        unfinished.add(fanOut);
    }

    /** Whether any copies wait for their turn. */
    boolean isAnyWaiting() {
        forgetWhatIsOver();
        return !waiting.isEmpty();
    }

    /** Whether so much waits that nothing new is to be begun. */
    boolean isFull() {
        return held > mostHeld;
    }

    /** What has its turn now; to be called only while any waits. */
    Batch next() {
        Map<FanOut, List<InboxCopy>> portions = new TreeMap<>(Comparator.comparingInt(FanOut::number));
        int taken = 0;
        while (taken < maxCopies && !waiting.isEmpty()) {
            Map.Entry<Key, Deque<Waiting>> owner = waiting.higherEntry(lastServed);
            if (owner == null) {
                owner = waiting.firstEntry();
            }
            lastServed = owner.getKey();
            waiting.remove(lastServed);
            owner.getValue().forEach(w -> portions.computeIfAbsent(w.fanOut, f -> new ArrayList<>()).add(w.copy));
            taken += owner.getValue().size();
        }
        held -= taken;
        return new Batch(portions.entrySet().stream().map(of -> of.getKey().portion(of.getValue())).toList());
    }

    // What came over a lost channel comes again, and is begun anew then.
    private void forgetWhatIsOver() {
        boolean anyLeft = unfinished.stream().anyMatch(f -> f.isOver() && !f.isServed());
        unfinished.removeIf(fanOut -> {
            boolean isOver = fanOut.isOver();
            if (isOver) {
                over.accept(fanOut.origin());
            }
            return isOver;
        });
        if (anyLeft) {
            waiting.values().forEach(ofOwner -> ofOwner.removeIf(w -> w.fanOut.isOver()));
            waiting.values().removeIf(Deque::isEmpty);
            held = waiting.values().stream().mapToInt(Deque::size).sum();
        }
    }

    /** Whether every message that was begun has come to its end. */
    boolean isIdle() {
        return underWay().findAny().isEmpty();
    }

    /** How many copies wait. */
    int held() {
        return held;
    }

    /** How many messages are not at their end. */
    int unfinished() {
        return (int) underWay().count();
    }

    /** How many messages of a queue are not at their end. */
    int unfinished(String queue) {
        return (int) underWay(queue).count();
    }

    /** Whether a message of that queue is on its way that was stored before it was taken over, nobody knows when. */
    public boolean isAnyOfBefore(String queue) {
        return underWay(queue).anyMatch(FanOut::again);
    }

    /** For how long a message of that queue is on its way that is not at its end, in ns; 0 if there is none. */
    public long underWayNanos(String queue) {
        long now = System.nanoTime();
        return underWay(queue).mapToLong(f -> now - f.origin().takenAt()).max().orElse(0);
    }

    private Stream<FanOut> underWay() {
        return unfinished.stream().filter(f -> !f.isOver());
    }

    private Stream<FanOut> underWay(String queue) {
        return underWay().filter(f -> f.origin().queue().equals(queue));
    }
}

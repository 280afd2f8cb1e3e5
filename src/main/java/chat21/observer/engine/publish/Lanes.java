package chat21.observer.engine.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

import chat21.observer.message.Publication;

/**
 * What the broker does not take is tried again alone, after pauses that grow, and what goes the same way waits behind it, so
 * that it keeps its order; nothing else waits. After some tries all of it goes out once: what is not taken then is given up,
 * as is whatever comes after it, until something is taken again.
 *
 * <p>What was taken before it is known that something older was not cannot be called back: the older one is given up, since
 * it would arrive in the wrong order.
 */
final class Lanes {

    // What waits is held in memory; a lane that would go beyond it is given up.
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_REFUSING = 10_000;

    private final Tries tries;
    private final Untaken untaken;
    private final Runnable whenHeld;
    private final Map<String, Lane> lanes = new HashMap<>();
    // Lanes of which the broker takes nothing. The oldest is forgotten, and then tried anew.
    private final Map<String, Boolean> refusing = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REFUSING;
        }
    };
    private int waiting;
    private volatile boolean areHeld;
    private volatile boolean areWatching;

    /** @param whenHeld is called when something waits and nothing did before */
    Lanes(Tries tries, Untaken untaken, Runnable whenHeld) {
        this.tries = tries;
        this.untaken = untaken;
        this.whenHeld = whenHeld;
    }

    /** Whether anything waits to be tried again. */
    boolean areHeld() {
        return areHeld;
    }

    /** Whether it matters what the broker takes. */
    boolean areWatching() {
        return areWatching;
    }

    /** Lets a publication wait if what goes the same way waits; false if it is to be handed over now. */
    synchronized boolean hold(Publication publication, Handover handover) {
        Lane lane = lanes.get(publication.lane());
        if (lane == null) {
            return false;
        }
        lane.waiting.add(new Sent(publication, handover, 0));
        waiting++;
        lane.isGivenUp |= waiting > MOST_WAITING;
        return true;
    }

    /** The broker did not take it. */
    synchronized void nacked(Sent sent) {
        String name = sent.publication().lane();
        Lane lane = lanes.get(name);
        if (lane != null && lane.trying == sent) {
            lane.trying = null;
            lane.tried++;
            lane.isGivenUp |= lane.tried >= tries.max();
            lane.nextAt = System.nanoTime() + tries.pauseNanos(lane.tried);
        } else if (lane != null) {
            lane.addInOrder(sent);
            waiting++;
        } else if (refusing.containsKey(name)) {
            untaken.refused(sent.publication());
        } else {
            lane = new Lane(System.nanoTime() + tries.pauseNanos(0));
            lane.waiting.add(sent);
            waiting++;
            lanes.put(name, lane);
        }
        remark();
    }

    /** The broker did not take it, but something that goes the same way and came after it. */
    void overtaken(Sent sent) {
        if (sent.publication().conversation() == null) {
            nacked(sent);
        } else {
            untaken.overtaken(sent.publication());
        }
    }

    /** The broker took these. */
    void taken(List<Sent> taken) {
        if (!taken.isEmpty()) {
            synchronized (this) {
                taken.forEach(this::taken);
                remark();
            }
        }
    }

    private void taken(Sent sent) {
        String name = sent.publication().lane();
        refusing.remove(name);
        Lane lane = lanes.get(name);
        if (lane == null) {
            return;
        }
        if (lane.trying == sent) {
            lane.trying = null;
            lane.tried = 0;
            lane.nextAt = System.nanoTime();
            lane.waiting.remove(0);
            waiting--;
            lane.isFree = sent.publication().conversation() == null;
        } else if (sent.publication().conversation() != null) {
            dropOlder(lane, sent.number());
        }
        if (lane.waiting.isEmpty()) {
            lanes.remove(name);
        }
    }

    private void dropOlder(Lane lane, long number) {
        for (Iterator<Sent> each = lane.waiting.iterator(); each.hasNext();) {
            Sent older = each.next();
            if (older.number() > 0 && older.number() < number) {
                each.remove();
                waiting--;
                untaken.overtaken(older.publication());
            }
        }
    }

    /**
     * What is to be handed over now, in its order.
     *
     * @param last     the last number that was handed over
     * @param answered whether the broker has answered all up to a number
     */
    synchronized List<Due> due(long last, LongPredicate answered) {
        List<Due> due = new ArrayList<>();
        long now = System.nanoTime();
        for (Iterator<Map.Entry<String, Lane>> each = lanes.entrySet().iterator(); each.hasNext();) {
            Map.Entry<String, Lane> entry = each.next();
            Lane lane = entry.getValue();
            if (lane.fence < 0) {
                lane.fence = last;
            }
            if (!answered.test(lane.fence) || lane.trying != null) {
                continue;
            }
            if (lane.isGivenUp || lane.isFree) {
                giveFree(entry.getKey(), lane, due);
                each.remove();
            } else if (now - lane.nextAt >= 0) {
                due.add(new Due(lane, lane.waiting.get(0)));
            }
        }
        remark();
        return due;
    }

    private void giveFree(String name, Lane lane, List<Due> due) {
        waiting -= lane.waiting.size();
        if (lane.isGivenUp) {
            refusing.put(name, true);
            if (lane.tried > 0) {
                untaken.refused(lane.waiting.remove(0).publication());
            }
        }
        lane.waiting.forEach(sent -> due.add(new Due(null, sent)));
    }

    /** The channel is lost: what of it is published again with what it belongs to need not wait any more. */
    synchronized void lost(LongPredicate answered) {
        for (Lane lane : lanes.values()) {
            List<Sent> kept = lane.waiting.stream().filter(sent -> answered.test(sent.handover().last()))
                    .map(sent -> new Sent(sent.publication(), Handover.ENDED, 0)).toList();
            waiting -= lane.waiting.size() - kept.size();
            lane.waiting.clear();
            lane.waiting.addAll(kept);
            lane.trying = null;
            lane.fence = -1;
        }
        lanes.values().removeIf(lane -> lane.waiting.isEmpty());
        remark();
    }

    /** What waits of it was not handed over after all. */
    synchronized void forget(Handover handover) {
        for (Lane lane : lanes.values()) {
            int before = lane.waiting.size();
            lane.waiting.removeIf(sent -> sent.handover() == handover && sent.number() == 0);
            waiting -= before - lane.waiting.size();
        }
        lanes.values().removeIf(lane -> lane.waiting.isEmpty());
        remark();
    }

    /** No more tries: all that waits goes out with the next look. */
    synchronized void giveUp() {
        lanes.values().forEach(lane -> lane.isGivenUp = true);
    }

    private void remark() {
        boolean wereHeld = areHeld;
        areHeld = !lanes.isEmpty();
        areWatching = areHeld || !refusing.isEmpty();
        if (areHeld && !wereHeld) {
            whenHeld.run();
        }
    }

    /** What is to be handed over, and where the answer to it is awaited; in no lane if that goes on whatever comes of it. */
    record Due(Lane lane, Sent sent) {

        void isHandedOver(Sent again) {
            if (lane != null) {
                lane.trying = again;
            }
        }
    }

    /** What goes the same way as something that was not taken, which is its first. */
    static final class Lane {
        private final List<Sent> waiting = new ArrayList<>();
        private Sent trying;
        private int tried;
        private long nextAt;
        // Up to there something that goes the same way may still be taken or not.
        private long fence = -1;
        private boolean isGivenUp;
        private boolean isFree;

        private Lane(long nextAt) {
            this.nextAt = nextAt;
        }

        private void addInOrder(Sent nacked) {
            int at = 0;
            while (at < waiting.size() && waiting.get(at).number() > 0 && waiting.get(at).number() < nacked.number()) {
                at++;
            }
            waiting.add(at, nacked);
        }
    }
}

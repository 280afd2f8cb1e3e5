package chat21.observer.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import chat21.observer.faults.Copy;
import chat21.observer.faults.Inbox;
import chat21.observer.testing.TestDatabase;

/**
 * What became of the messages that the broker had confirmed, in all inboxes together.
 *
 * @param unconfirmed  how many messages no broker has confirmed, of which nothing is promised
 * @param copies       how many copies there should be, one a message and inbox
 * @param lost         how many are not in history
 * @param twice        how many are there more than once
 * @param disordered   how many stand before one that was sent earlier
 * @param liveLost     how many never came live
 * @param liveTwice    how many came live again
 * @param liveOverrun  how many came live for the first time after one that was sent later
 * @param liveStrange  how many came live under another id than history knows them by
 */
record Count(int unconfirmed, int copies, int lost, int twice, int disordered, int liveLost, int liveTwice, int liveOverrun,
        int liveStrange) {

    static Count of(List<Talk> talks, TestDatabase database) {
        Count sum = new Count(talks.stream().mapToInt(Talk::unconfirmed).sum(), 0, 0, 0, 0, 0, 0, 0, 0);
        for (Talk talk : talks) {
            Set<Integer> accepted = talk.accepted();
            for (Inbox inbox : talk.inboxes()) {
                sum = sum.plus(of(accepted, inbox.stored(database), inbox.live()));
            }
        }
        return sum;
    }

    private static Count of(Set<Integer> accepted, List<Copy> stored, List<Copy> live) {
        Map<Integer, String> ids = new HashMap<>();
        stored.forEach(copy -> ids.put(copy.number(), copy.messageId()));
        int strange = (int) live.stream().filter(copy -> !copy.messageId().equals(ids.get(copy.number()))).count();
        return new Count(0, accepted.size(), missing(accepted, stored), again(stored), overrun(stored), missing(accepted, live),
                again(live), overrun(live), strange);
    }

    private static int missing(Set<Integer> accepted, Collection<Copy> copies) {
        Set<Integer> missing = new HashSet<>(accepted);
        copies.forEach(copy -> missing.remove(copy.number()));
        return missing.size();
    }

    private static int again(Collection<Copy> copies) {
        return copies.size() - (int) copies.stream().map(Copy::number).distinct().count();
    }

    private static int overrun(Collection<Copy> copies) {
        Set<Integer> seen = new HashSet<>();
        int greatest = -1;
        int overrun = 0;
        for (Copy copy : copies) {
            if (seen.add(copy.number()) && copy.number() < greatest) {
                overrun++;
            }
            greatest = Math.max(greatest, copy.number());
        }
        return overrun;
    }

    /** Whether nothing is missing, in history and live. */
    boolean isComplete() {
        return unconfirmed == 0 && lost == 0 && liveLost == 0;
    }

    private Count plus(Count o) {
        return new Count(unconfirmed + o.unconfirmed, copies + o.copies, lost + o.lost, twice + o.twice, disordered + o.disordered, liveLost + o.liveLost,
                liveTwice + o.liveTwice, liveOverrun + o.liveOverrun, liveStrange + o.liveStrange);
    }
}

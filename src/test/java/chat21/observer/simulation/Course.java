package chat21.observer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has happened in a world, as the broker saw it, and what must be so at any time and in the end. */
final class Course {

    private final Map<String, SentMessage> messages = new LinkedHashMap<>();
    private final List<SentMessage> accepted = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    // What came into each conversation of an inbox, in its order.
    private final Map<String, List<String>> copies = new TreeMap<>();
    private final Map<Copy, Integer> taken = new HashMap<>();
    private final Map<String, Set<String>> ids = new TreeMap<>();
    private final Set<String> lanesWithNacks = new HashSet<>();
    private final Trace trace;
    private final int nodes;
    // What may make a copy come once more than it should.
    private int causes;
    private boolean anyProcessEnded;

    /** @param nodes how many observers there are at a time */
    Course(int nodes, Trace trace) {
        this.nodes = nodes;
        this.trace = trace;
    }

    void accepted(SentMessage message) {
        trace.say("accepted", message);
        accepted.add(message);
        messages.put(message.text(), message);
    }

    void handedOver(SentMessage message, boolean again) {
        trace.say(again ? "handed over again" : "handed over", message);
        if (again) {
            causes++;
        }
    }

    /** A message stands in history under this id. */
    void stored(String text, String id) {
        if (!text.equals(SentMessage.SAME)) {
            ids.computeIfAbsent(text, t -> new LinkedHashSet<>()).add(id);
        }
    }

    /** A process ended, and with it what it had in memory. */
    void processEnded() {
        anyProcessEnded = true;
        causes++;
    }

    /** Something happened after which a copy may come again. */
    void mayRepeat() {
        causes++;
    }

    void published(Copy copy, String id, boolean isTaken) {
        trace.say(isTaken ? "published" : "not taken", copy + " with id " + id);
        if (!copy.text().equals(SentMessage.SAME)) {
            ids.computeIfAbsent(copy.text(), text -> new LinkedHashSet<>()).add(id);
        }
        if (isTaken) {
            copies.computeIfAbsent(copy.lane(), lane -> new ArrayList<>()).add(copy.text());
            taken.merge(copy, 1, Integer::sum);
        } else {
            lanesWithNacks.add(copy.lane());
        }
    }

    void refused(String text) {
        trace.say("refused", text);
        refused.add(text);
    }

    /** Nothing may be acknowledged of which a copy was not yet seen by the broker. */
    void acknowledged(SentMessage message) {
        trace.say("acknowledged", message);
        if (!refused.contains(message.text())) {
            assertThat(message.kind()).as("kind of %s, which is acknowledged", message).isEqualTo(SentMessage.Kind.GOOD);
            for (Copy copy : message.copies()) {
                if (!taken.containsKey(copy) && !lanesWithNacks.contains(copy.lane())) {
                    throw new AssertionError(message + " is acknowledged before the broker took " + copy);
                }
            }
        }
    }

    /**
     * Looks at the end.
     *
     * @param history texts of each conversation of each inbox in their order, with those that stand there twice
     * @param givenUp how many copies were counted as given up
     */
    void check(Map<String, List<String>> history, double givenUp) {
        Map<String, List<String>> expected = new TreeMap<>();
        Set<String> uncertain = new HashSet<>();
        int missing = 0;
        for (SentMessage message : accepted) {
            boolean isRefused = refused.contains(message.text());
            if (message.kind() != SentMessage.Kind.GOOD) {
                assertThat(isRefused).as("%s is refused", message).isTrue();
            } else if (isRefused) {
                uncertain.add(message.text());
            }
            for (Copy copy : message.copies()) {
                if (!isRefused) {
                    expected.computeIfAbsent(copy.lane(), lane -> new ArrayList<>()).add(copy.text());
                }
                int times = taken.getOrDefault(copy, 0);
                if (times > 1 + causes && !message.isOneOfMany()) {
                    throw new AssertionError(copy + " came " + times + " times for " + causes + " causes");
                }
                if (times == 0 && !isRefused) {
                    assertThat(lanesWithNacks).as("%s was never published", copy).contains(copy.lane());
                    missing++;
                }
            }
        }
        Set<String> lanes = new TreeSet<>(expected.keySet());
        lanes.addAll(history.keySet());
        for (String lane : lanes) {
            List<String> stored = new ArrayList<>(history.getOrDefault(lane, List.of()));
            // A step may have failed time after time after it was stored.
            stored.removeAll(uncertain);
            List<String> wanted = expected.getOrDefault(lane, List.of());
            if (uncertain.isEmpty()) {
                assertThat(stored).as("history %s", lane).containsExactlyInAnyOrderElementsOf(wanted);
                checkOrder("history " + lane, stored);
            } else {
                // Stored after those behind it, when it comes again, it keeps these from being recognised.
                assertThat(stored).as("history %s", lane).containsAll(wanted).allMatch(wanted::contains);
            }
        }
        assertThat(uncertain.isEmpty() ? ids : Map.<String, Set<String>>of()).allSatisfy((text, all) -> assertThat(all).as("ids of %s in copies and in history", text).hasSize(1));
        copies.forEach((lane, texts) -> {
            // What one process tries again may come after what the next owner of its queue has published.
            if (nodes == 1 && !anyProcessEnded || !lanesWithNacks.contains(lane)) {
                checkOrder("copies in " + lane, new ArrayList<>(new LinkedHashSet<>(texts)));
            }
        });
        // What goes out once after the last try, and is lost on its way, is not counted.
        if (causes == 0) {
            assertThat(givenUp).as("copies given up of those that are missing").isGreaterThanOrEqualTo(missing);
        }
    }

    // Of each sender.
    private void checkOrder(String where, List<String> texts) {
        Map<String, Integer> last = new HashMap<>();
        for (String text : texts) {
            SentMessage message = messages.get(text);
            // What was refused since a step failed time after time may come again, and better.
            if (message.isOneOfMany() || refused.contains(text)) {
                continue;
            }
            Integer before = last.put(message.sender(), message.number());
            if (before != null && before > message.number()) {
                throw new AssertionError(where + " is out of order at " + message + ": " + texts);
            }
        }
    }

    int size() {
        return accepted.size();
    }
}

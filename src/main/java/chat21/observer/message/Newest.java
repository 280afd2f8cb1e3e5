package chat21.observer.message;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest message of each conversation that a batch adds to. What is accepted gets a time that is not before it, so that
 * histories and lists, which are ordered by time and id, stay in the order of acceptance when a clock is set back, and from
 * node to node. For the thread of one batch.
 */
public final class Newest {

    // What claims to come from a year ahead, as an imported message of a phone may, says nothing about the time.
    private static final long ABSURD_MS = Duration.ofDays(366).toMillis();

    private final Map<Conversation, Entry> entries = new HashMap<>();

    /**
     * The conversation of two users, in which one writes as well as the other, or that of a group.
     *
     * @param app   the app
     * @param one   the smaller of the two ids, or the group
     * @param other the other, or the group again
     */
    public record Conversation(String app, String one, String other) {

        static Conversation ofTwo(String app, String a, String b) {
            return a.compareTo(b) <= 0 ? new Conversation(app, a, b) : new Conversation(app, b, a);
        }

        static Conversation ofGroup(String app, String group) {
            return new Conversation(app, group, group);
        }
    }

    private record Entry(long timestamp, String messageId) {

        boolean isBefore(long otherTimestamp, String otherId) {
            return timestamp < otherTimestamp || timestamp == otherTimestamp && messageId.compareTo(otherId) < 0;
        }
    }

    /** Says that a conversation has this message. */
    public void add(Conversation conversation, long timestamp, String messageId) {
        Entry known = entries.get(conversation);
        if (known == null || known.isBefore(timestamp, messageId)) {
            entries.put(conversation, new Entry(timestamp, messageId));
        }
    }

    /**
     * The time of a message that is accepted into a conversation now, in ms since 1970: the server's, or that of the message
     * before it where the clock is behind; one ms later where the ids are not in this order.
     */
    public long accept(Conversation conversation, long now, String messageId) {
        Entry last = entries.get(conversation);
        long time = now;
        if (last != null && last.timestamp >= now && last.timestamp < now + ABSURD_MS) {
            time = last.messageId.compareTo(messageId) < 0 ? last.timestamp : last.timestamp + 1;
        }
        entries.put(conversation, new Entry(time, messageId));
        return time;
    }
}

package chat21.observer.flow.history;

import java.util.Map;

import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/**
 * Which part of a list is asked for. Lists are newest first; a cursor is the time and the id of an entry, so pages stay
 * as they are while entries are added.
 *
 * @param limit     the most entries
 * @param newer     whether the entries next after the cursor are meant, instead of those before it
 * @param timestamp the cursor's time, in ms since 1970
 * @param id        the cursor's id; empty for any at that time
 */
public record Page(int limit, boolean newer, long timestamp, String id) {

    public static final int DEFAULT_LIMIT = 200;
    public static final int MAX_LIMIT = 1_000;

    private static final int FIRST_FEW = 20;
    private static final int MAX_CURSOR_CHARACTERS = 160;

    /** The first page. */
    public static final Page FIRST = new Page(DEFAULT_LIMIT, false, Long.MAX_VALUE, "");

    /**
     * The page that query parameters ask for: {@code limit}, and {@code before} or {@code after} as
     * {@code TIMESTAMP} or {@code TIMESTAMP,ID}.
     *
     * @throws Refusal naming the parameter and the rule
     */
    public static Page of(Map<String, String> query) {
        int limit = limit(query.get("limit"));
        String before = query.get("before");
        String after = query.get("after");
        if (before != null && after != null) {
            throw bad("before and after exclude each other");
        }
        if (before == null && after == null) {
            return new Page(limit, false, Long.MAX_VALUE, "");
        }
        return after == null ? cursor(limit, false, "before", before) : cursor(limit, true, "after", after);
    }

    /**
     * The part of this page that is read first. Entries may be large, and the database reads them whether they fit or not; so a
     * page begins with few of them and goes on with more.
     */
    public Page beginning() {
        return new Page(Math.min(limit, FIRST_FEW), newer, timestamp, id);
    }

    /** The part that is read after another one, once so many entries were read and the last was this; null after the last. */
    public Page following(Page part, int read, long lastTimestamp, String lastId) {
        int left = limit - read;
        return left <= 0 ? null : new Page(Math.min(left, 2 * part.limit), newer, lastTimestamp, lastId);
    }

    /** The cursor of an entry. */
    public static String cursor(long timestamp, String id) {
        return timestamp + "," + id;
    }

    private static Page cursor(int limit, boolean newer, String name, String text) {
        int comma = text.indexOf(',');
        String id = comma < 0 ? "" : text.substring(comma + 1);
        if (text.length() > MAX_CURSOR_CHARACTERS || id.indexOf('\0') >= 0) {
            throw bad(name + " must be a timestamp in ms, or such a timestamp, a comma and an id");
        }
        try {
            long timestamp = Long.parseLong(comma < 0 ? text : text.substring(0, comma));
            // All entries of the cursor's own time are out where no id says which of them are meant.
            return newer && id.isEmpty() ? new Page(limit, true, Math.addExact(timestamp, 1), "")
                    : new Page(limit, newer, timestamp, id);
        } catch (NumberFormatException | ArithmeticException e) {
            throw bad(name + " must be a timestamp in ms, or such a timestamp, a comma and an id");
        }
    }

    private static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below, with the bounds.
        }
        throw bad("limit must be a whole number from 1 to " + MAX_LIMIT);
    }

    private static Refusal bad(String text) {
        return new Refusal(Reason.BAD_FIELD, text);
    }
}

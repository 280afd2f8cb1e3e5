package chat21.observer.message;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import chat21.observer.database.Columns;
import chat21.observer.database.Statement;

/**
 * What was deleted lately, and when. Whatever takes something that has waited asks here, and drops what is about something
 * that was deleted since. A name of what was deleted is a digest.
 */
public final class Deleted {

    private static final Statement DELETE = new Statement("deletions", "delete-deletion");
    private static final Statement INSERT = new Statement("deletions", "insert-deletion");
    private static final Statement FIND = new Statement("deletions", "find-deletions");
    private static final Statement OF_READY_MESSAGE = new Statement("deletions", "find-deletion-of-ready-message");
    private static final Statement NEWEST = new Statement("deletions", "find-newest-deletion");

    private Deleted() {
    }

    /** Counts what was dropped at one of the places where something waits. */
    public static Counter dropped(MeterRegistry meters, String where) {
        return Counter.builder("chat21_deleted_dropped").tag("where", where)
                .description("What waited and was dropped, since what it is about was deleted").register(meters);
    }

    /** The name of a user, of whom all is deleted. */
    public static String user(String app, String id) {
        return name("user", app, id);
    }

    /** The name of a group, of which all messages are deleted. */
    public static String group(String app, String id) {
        return name("group", app, id);
    }

    /** Notes that it is deleted now, in the transaction of the deletion. */
    public static void note(Connection connection, String name, long now) throws SQLException {
        DELETE.update(connection, name);
        INSERT.update(connection, name, now);
    }

    /** When these were deleted, in ms since 1970, by name, as far as they were. */
    public static Map<String, Long> among(Connection connection, Collection<String> names) throws SQLException {
        Map<String, Long> found = new HashMap<>();
        FIND.each(connection, row -> found.put(row.getString(1), row.getLong(2)),
                Columns.texts(connection, names));
        return found;
    }

    /** When something was deleted last; 0 if nothing was. */
    public static long newest(Connection connection) throws SQLException {
        return NEWEST.first(connection, row -> row.getLong(1));
    }

    /** Whether a message of that time, for an inbox and its conversation with a peer, is older than their deletion. */
    public static boolean isOlder(Connection connection, String app, String owner, String peer, long timestamp)
            throws SQLException {
        return OF_READY_MESSAGE.first(connection, row -> true, timestamp, group(app, peer), user(app, owner), app, peer,
                owner) != null;
    }

    private static String name(String kind, String app, String id) {
        return UUID.nameUUIDFromBytes((kind + '/' + app + '/' + id).getBytes(StandardCharsets.UTF_8)).toString();
    }
}

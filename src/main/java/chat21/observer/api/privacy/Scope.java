package chat21.observer.api.privacy;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import chat21.observer.database.Statement;

/** Which inboxes a deletion is about: everybody's conversation with a group, or all conversations of a user. */
enum Scope {
    GROUP("group", "delete-group-timelines"),
    USER("user", "delete-user-timeline");

    // Beyond this one array would be large; each further statement reads the inboxes once more.
    private static final int KEYS_AT_ONCE = 100_000;

    private final Statement findKeys;
    private final Statement deleteTimelines;
    private final Statement lockConversations;
    private final Statement deleteEmpty;
    private final Statement recount;

    Scope(String name, String deleteTimelines) {
        this.findKeys = new Statement("find-" + name + "-message-keys");
        this.deleteTimelines = new Statement(deleteTimelines);
        this.lockConversations = new Statement("lock-" + name + "-conversations");
        this.deleteEmpty = new Statement("delete-empty-" + name + "-conversations");
        this.recount = new Statement("recount-" + name + "-conversations");
    }

    /** The keys of the messages in these inboxes: what comes later is not deleted. */
    List<Long> messageKeys(Connection connection, String app, String id) throws SQLException {
        return findKeys.all(connection, row -> row.getLong(1), app, id);
    }

    /** Takes messages out of these inboxes. */
    void deleteTimelines(Connection connection, String app, String id, List<Long> keys) throws SQLException {
        inParts(keys, part -> deleteTimelines.update(connection, app, id,
                array(connection, part)));
    }

    /** Makes lists and counters say what the inboxes hold; a conversation that holds nothing more goes. */
    void recountConversations(Connection connection, String app, String id) throws SQLException {
        // What else changes them meanwhile has ended after this, and the next statements see it.
        lockConversations.all(connection, row -> null, app, id);
        deleteEmpty.update(connection, app, id);
        recount.update(connection, app, id);
    }

    static Array array(Connection connection, List<Long> keys) throws SQLException {
        return connection.createArrayOf("bigint", keys.toArray());
    }

    /** What is done with some keys. */
    interface Part {
        void run(List<Long> keys) throws SQLException;
    }

    static void inParts(List<Long> keys, Part action) throws SQLException {
        for (int i = 0; i < keys.size(); i += KEYS_AT_ONCE) {
            action.run(keys.subList(i, Math.min(i + KEYS_AT_ONCE, keys.size())));
        }
    }
}

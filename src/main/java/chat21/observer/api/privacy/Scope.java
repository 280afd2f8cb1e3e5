package chat21.observer.api.privacy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import chat21.observer.database.Columns;
import chat21.observer.database.Statement;
import chat21.observer.flow.store.ConversationKey;

/** Which inboxes a deletion is about: everybody's conversation with a group, or all conversations of a user. */
enum Scope {
    GROUP(new Statement("privacy", "find-group-message-keys"), new Statement("privacy", "delete-group-timelines"),
            new Statement("privacy", "lock-group-conversations")),
    USER(new Statement("privacy", "find-user-message-keys"), new Statement("privacy", "delete-user-timeline"),
            new Statement("privacy", "lock-user-conversations"));

    // Beyond this one array would be large; each further statement reads the inboxes once more.
    private static final int KEYS_AT_ONCE = 100_000;

    private static final Statement RECOUNT = new Statement("privacy", "recount-conversations");

    private final Statement findKeys;
    private final Statement deleteTimelines;
    private final Statement lockConversations;

    Scope(Statement findKeys, Statement deleteTimelines, Statement lockConversations) {
        this.findKeys = findKeys;
        this.deleteTimelines = deleteTimelines;
        this.lockConversations = lockConversations;
    }

    /** The keys of the messages in these inboxes: what comes later is not deleted. */
    List<Long> messageKeys(Connection connection, String app, String id) throws SQLException {
        return findKeys.all(connection, row -> row.getLong(1), app, id);
    }

    /** Takes messages out of these inboxes. */
    void deleteTimelines(Connection connection, String app, String id, List<Long> keys) throws SQLException {
        inParts(keys, part -> deleteTimelines.update(connection, app, id, Columns.numbers(connection, part)));
    }

    /** Makes lists and counters say what the inboxes hold; a conversation that holds nothing more goes. */
    void recountConversations(Connection connection, String app, String id) throws SQLException {
        // What else changes them meanwhile has ended after this, and the next statement sees it.
        List<ConversationKey> conversations = lockConversations.all(connection,
                row -> new ConversationKey(app, row.getString(1), row.getString(2)), app, id);
        inParts(conversations, part -> RECOUNT.updateAll(connection, ConversationKey.COLUMNS, part));
    }

    /** What is done with some of many. */
    interface Part<T> {
        void run(List<T> keys) throws SQLException;
    }

    static <T> void inParts(List<T> keys, Part<T> action) throws SQLException {
        for (int i = 0; i < keys.size(); i += KEYS_AT_ONCE) {
            action.run(keys.subList(i, Math.min(i + KEYS_AT_ONCE, keys.size())));
        }
    }
}

package chat21.observer.flow.conversation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

import chat21.observer.database.Statement;

/**
 * A conversation as it stands in one inbox, with its last message.
 *
 * @param isNew     whether the owner has something to look at: exactly while {@code unread} is not 0
 * @param archived  whether it has left the list of open conversations
 * @param unread    how many messages of others the owner has not looked at; 1 where it only says that there is something
 * @param patch     the fields that the owner's clients set, as JSON, or null
 * @param timestamp of its last message, in ms since 1970
 * @param payload   the last message's JSON without a status, or null if it is gone
 * @param status    the last message's status in this inbox, or null
 */
public record ConversationRow(boolean isNew, boolean archived, int unread, String patch, long timestamp, String payload,
        Integer status) {

    private static final Statement FIND = new Statement("conversations", "find-conversation");
    private static final Statement LOCK = new Statement("conversations", "lock-conversation");
    private static final Statement UPDATE = new Statement("conversations", "update-conversation");

    /** The conversation of that owner with that peer, or null. */
    static ConversationRow find(Connection connection, String app, String owner, String peer) throws SQLException {
        return FIND.first(connection, ConversationRow::read, app, owner, peer);
    }

    /** The same, which no other node can change until the transaction ends. */
    static ConversationRow lock(Connection connection, String app, String owner, String peer) throws SQLException {
        LOCK.first(connection, row -> row.getInt(1), app, owner, peer);
        return find(connection, app, owner, peer);
    }

    /** Reads the first seven columns of a row. */
    static ConversationRow read(ResultSet row) throws SQLException {
        return new ConversationRow(row.getBoolean(1), row.getBoolean(2), row.getInt(3), row.getString(4),
                row.getLong(5), row.getString(6), (Integer) row.getObject(7, Integer.class));
    }

    ConversationRow withIsNew(boolean value) {
        return new ConversationRow(value, archived, value ? Math.max(unread, 1) : 0, patch, timestamp, payload, status);
    }

    ConversationRow withArchived() {
        return new ConversationRow(isNew, true, unread, patch, timestamp, payload, status);
    }

    ConversationRow withPatch(String json) {
        return new ConversationRow(isNew, archived, unread, json, timestamp, payload, status);
    }

    /** Writes what an owner can change. */
    void write(Connection connection, String app, String owner, String peer) throws SQLException {
        UPDATE.update(connection, isNew, archived, unread, patch, app, owner, peer);
    }
}

package chat21.observer.tools.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import chat21.observer.database.RowKeys;
import chat21.observer.database.Statement;
import chat21.observer.flow.store.MessageRow;
import chat21.observer.message.Lookups.Key;

/** Sees to it that a message is stored once, whatever the number of documents that hold it. */
final class StoredMessages {

    private static final Statement FIND = new Statement("messages", "find-messages-by-id");

    private final RowKeys keys;

    StoredMessages(RowKeys keys) {
        this.keys = keys;
    }

    /**
     * A message as it is in the database.
     *
     * @param key     its key
     * @param time    with which its rows are found
     * @param payload its JSON
     * @param isNew   whether it was not there before
     */
    record Stored(long key, long time, String payload, boolean isNew) {
    }

    /** Those of some ids that are stored. */
    Map<Key, Stored> find(Connection connection, Set<Key> ids) throws SQLException {
        Map<Key, Stored> found = new HashMap<>();
        FIND.each(connection, row -> found.put(new Key(row.getString(1), row.getString(2)),
                new Stored(row.getLong(3), row.getLong(4), row.getString(5), false)), Key.COLUMNS.of(connection, ids));
        return found;
    }

    /** Stores those that are not there, and returns where all of them are. */
    Map<Key, Stored> store(Connection connection, Map<Key, ExportedMessage> messages) throws SQLException {
        Map<Key, Stored> all = find(connection, messages.keySet());
        List<MessageRow> rows = new ArrayList<>();
        messages.forEach((id, m) -> {
            if (!all.containsKey(id)) {
                long key = keys.next(id.app(), m.channel(), m.sender(), m.recipient());
                rows.add(m.row(key));
                all.put(id, new Stored(key, m.timestamp(), m.payload(), true));
            }
        });
        MessageRow.insert(connection, rows);
        return all;
    }
}

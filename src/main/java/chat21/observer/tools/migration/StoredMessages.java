package chat21.observer.tools.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import chat21.observer.database.Columns;
import chat21.observer.database.RowKeys;
import chat21.observer.database.Sql;
import chat21.observer.tools.migration.MessageRow.MessageId;

/** Sees to it that a message is stored once, whatever the number of documents that hold it. */
final class StoredMessages {

    private static final String FIND = Sql.named("find-messages-by-id");
    private static final String INSERT = Sql.named("insert-messages");

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
    Map<MessageId, Stored> find(Connection connection, Set<MessageId> ids) throws SQLException {
        Columns wanted = new Columns("varchar", "varchar");
        ids.forEach(id -> wanted.add(id.app(), id.id()));
        Map<MessageId, Stored> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            wanted.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(new MessageId(rows.getString(1), rows.getString(2)),
                            new Stored(rows.getLong(3), rows.getLong(4), rows.getString(5), false));
                }
            }
        }
        return found;
    }

    /** Stores those that are not there, and returns where all of them are. */
    Map<MessageId, Stored> store(Connection connection, Map<MessageId, MessageRow> messages) throws SQLException {
        Map<MessageId, Stored> all = find(connection, messages.keySet());
        Columns rows = new Columns("bigint", "varchar", "varchar", "varchar", "varchar", "varchar", "varchar", "bigint",
                "varchar");
        messages.forEach((id, m) -> {
            if (!all.containsKey(id)) {
                Stored stored = new Stored(keys.next(id.app(), m.channel(), m.sender(), m.recipient()), m.timestamp(),
                        m.payload(), true);
                rows.add(stored.key, id.app(), id.id(), m.sender(), m.recipient(), m.type(), m.channel(), m.timestamp(),
                        m.payload());
                all.put(id, stored);
            }
        });
        rows.execute(connection, INSERT);
        return all;
    }
}

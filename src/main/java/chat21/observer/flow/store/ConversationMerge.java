package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import chat21.observer.database.Columns;
import chat21.observer.database.Sql;

/** Writes what messages do to conversations: one statement for any number of them. */
public final class ConversationMerge {

    private static final String MERGE = Sql.named("merge-conversations");

    private ConversationMerge() {
    }

    /** Writes the change of one conversation. */
    public static void one(Connection connection, ConversationKey key, ConversationChange change) throws SQLException {
        all(connection, Map.of(key, change));
    }

    static void all(Connection connection, Map<ConversationKey, ConversationChange> changes) throws SQLException {
        Columns rows = new Columns("varchar", "varchar", "varchar", "varchar", "bigint", "boolean", "integer",
                "varchar");
        changes.forEach((k, c) -> rows.add(k.app(), k.owner(), k.peer(), c.lastMessageId(), c.timestamp(), c.isNew(),
                c.unread(), c.firstMessageId()));
        rows.execute(connection, MERGE);
    }
}

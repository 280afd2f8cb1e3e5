package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Map.Entry;

import chat21.observer.database.Columns;
import chat21.observer.database.Statement;

/** Writes what messages do to conversations: one statement for any number of them. */
public final class ConversationMerge {

    private static final Statement MERGE = new Statement("conversations", "merge-conversations");
    private static final Columns<Entry<ConversationKey, ConversationChange>> COLUMNS =
            new Columns<Entry<ConversationKey, ConversationChange>>().varchar(e -> e.getKey().app())
                    .varchar(e -> e.getKey().owner()).varchar(e -> e.getKey().peer())
                    .varchar(e -> e.getValue().lastMessageId()).bigint(e -> e.getValue().timestamp())
                    .bool(e -> e.getValue().isNew()).integer(e -> e.getValue().unread())
                    .varchar(e -> e.getValue().firstMessageId());

    private ConversationMerge() {
    }

    /** Writes the change of one conversation. */
    public static void one(Connection connection, ConversationKey key, ConversationChange change) throws SQLException {
        all(connection, Map.of(key, change));
    }

    /** Writes the changes of all these conversations, in their order. */
    public static void all(Connection connection, Map<ConversationKey, ConversationChange> changes) throws SQLException {
        MERGE.updateAll(connection, COLUMNS, changes.entrySet());
    }
}

package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import chat21.observer.database.Columns;
import chat21.observer.database.Statement;
import chat21.observer.engine.batch.Batch;
import chat21.observer.message.BatchItem;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.Portion;

/**
 * What is stored already of a message to many, whose copies are stored in several transactions.
 *
 * @param messageKey the key of its row
 * @param missing    its copies that no row stands for yet
 */
record StoredCopies(long messageKey, List<InboxCopy> missing) {

    private static final Statement FIND_KEYS = new Statement("messages", "find-message-keys");
    private static final Statement FIND_OWNERS = new Statement("timelines", "find-stored-copies");

    /** Whether its message is stored, but perhaps not all of its copies. */
    static boolean mayLackSome(BatchItem item) {
        int copies = item.decision().copies().size();
        return item instanceof Portion ? copies > 0 && !item.alreadyStored() : copies > 2 && item.alreadyStored();
    }

    /**
     * The keys of the messages of a batch that may lack copies, in one query. None of a message that was deleted meanwhile.
     */
    static Map<Key, Long> keys(Connection connection, Batch batch) throws SQLException {
        Set<Key> messages = new HashSet<>();
        for (BatchItem item : batch.items()) {
            if (mayLackSome(item)) {
                messages.add(keyOf(item.decision().message()));
            }
        }
        Map<Key, Long> keys = new HashMap<>();
        if (!messages.isEmpty()) {
            FIND_KEYS.each(connection, row -> keys.put(new Key(row.getString(1), row.getString(2)), row.getLong(3)),
                    Key.COLUMNS.of(connection, messages));
        }
        return keys;
    }

    private static Key keyOf(ChatMessage message) {
        return new Key(message.app(), message.messageId());
    }

    /**
     * Looks what is there of an item. Where its message was deleted meanwhile, nothing more comes of it.
     *
     * @param keys    the keys of the batch's messages
     * @param isRetry whether it was tried before, with an end that is not known
     */
    static StoredCopies find(Connection connection, BatchItem item, Map<Key, Long> keys, boolean isRetry)
            throws SQLException {
        List<InboxCopy> copies = item.decision().copies();
        ChatMessage message = item.decision().message();
        Long key = keys.get(keyOf(message));
        if (key == null) {
            item.decision().dropCopies();
            return new StoredCopies(0, List.of());
        }
        if (item instanceof Portion portion && !portion.fanOut().again() && !isRetry) {
            return new StoredCopies(key, copies);
        }
        Set<String> owners = new HashSet<>(FIND_OWNERS.all(connection, row -> row.getString(1), Columns.texts(connection,
                copies.stream().map(InboxCopy::owner).toList()), message.app(), message.messageId()));
        return new StoredCopies(key, copies.stream().filter(copy -> !owners.contains(copy.owner())).toList());
    }
}

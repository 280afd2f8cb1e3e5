package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.database.RowKeys;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.message.BatchItem;
import chat21.observer.message.Delivery;
import chat21.observer.message.Lookups.Key;

/**
 * Stores what a batch decided, step by step within one transaction. Messages wait to be written together, but no change
 * overtakes a message that came before it: so a batch is stored in parts, each of which ends with a change.
 */
public final class BatchStore {

    private final Unarchiving unarchiving;
    private final RowKeys keys;

    public BatchStore(Unarchiving unarchiving, RowKeys keys) {
        this.unarchiving = unarchiving;
        this.keys = keys;
    }

    /** Whether anything of a batch is to be stored. */
    public static boolean isConcerned(Batch batch) {
        return batch.items().stream().anyMatch(item -> item.decision().message() != null
                || item.decision().change() != null);
    }

    /** The parts of a batch, in the order of its items. */
    public List<BatchPart> parts(@Body Batch batch, @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection)
            throws SQLException {
        Map<Key, Long> stored = StoredCopies.keys(connection, batch);
        List<BatchPart> parts = new ArrayList<>();
        List<BatchItem> together = new ArrayList<>();
        for (BatchItem item : batch.items()) {
            together.add(item);
            if (item.decision().change() != null) {
                parts.add(part(together, stored, batch));
                together = new ArrayList<>();
            }
        }
        if (!together.isEmpty()) {
            parts.add(part(together, stored, batch));
        }
        return parts;
    }

    private BatchPart part(List<BatchItem> together, Map<Key, Long> stored, Batch batch) {
        return new BatchPart(together, stored, batch.isRetry(), new BatchRows(unarchiving, keys));
    }

    /** Gathers the rows of a part: those of new messages, and those that messages which were stored before still lack. */
    public BatchPart gather(@Body BatchPart part, @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection)
            throws SQLException {
        for (BatchItem item : part.items()) {
            if (hasNewMessage(item)) {
                part.rows().add(item.decision());
            } else {
                if (StoredCopies.mayLackSome(item)) {
                    StoredCopies copies =
                            StoredCopies.find(connection, item, part.storedMessages(), part.isRetry());
                    part.rows().add(item.decision(), copies.missing(), copies.messageKey());
                }
                part.rows().addStored(item.decision());
            }
        }
        return part;
    }

    private static boolean hasNewMessage(BatchItem item) {
        return item instanceof Delivery && !item.alreadyStored() && item.decision().message() != null;
    }

    /** Writes the messages, each once, however many have it in their inboxes. */
    public BatchPart messages(@Body BatchPart part, @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection)
            throws SQLException {
        part.rows().writeMessages(connection);
        return part;
    }

    /** Writes a row for each copy into its owner's timeline. */
    public BatchPart timelines(@Body BatchPart part, @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection)
            throws SQLException {
        part.rows().writeTimelines(connection);
        return part;
    }

    /** Brings the conversations up to date, and tells of those that came back from the archive. */
    public BatchPart conversations(@Body BatchPart part,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        part.rows().writeConversations(connection);
        return part;
    }

    /** Says that the rows of a batch are on disk, should a later step have to be tried again. */
    public Batch markStored(Batch batch) {
        batch.items().forEach(BatchItem::markStored);
        return batch;
    }
}

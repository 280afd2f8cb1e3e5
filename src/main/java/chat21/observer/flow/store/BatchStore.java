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
        return batch.deliveries().stream().anyMatch(delivery -> delivery.decision().message() != null
                || delivery.decision().change() != null);
    }

    /** The parts of a batch, in the order of its deliveries. */
    public List<BatchPart> parts(@Body Batch batch, @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection)
            throws SQLException {
        Map<Key, Long> stored = StoredCopies.keys(connection, batch);
        List<BatchPart> parts = new ArrayList<>();
        List<Delivery> together = new ArrayList<>();
        for (Delivery delivery : batch.deliveries()) {
            together.add(delivery);
            if (delivery.decision().change() != null) {
                parts.add(part(together, stored, batch));
                together = new ArrayList<>();
            }
        }
        if (!together.isEmpty()) {
            parts.add(part(together, stored, batch));
        }
        return parts;
    }

    private BatchPart part(List<Delivery> together, Map<Key, Long> stored, Batch batch) {
        return new BatchPart(together, stored, batch.isRetry(), new MessageRows(unarchiving, keys));
    }

    /** Gathers the rows of a part: those of new messages, and those that messages which were stored before still lack. */
    public BatchPart gather(@Body BatchPart part, @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection)
            throws SQLException {
        for (Delivery delivery : part.deliveries()) {
            if (hasNewMessage(delivery)) {
                part.rows().add(delivery.decision());
            } else {
                if (StoredCopies.mayLackSome(delivery)) {
                    StoredCopies copies =
                            StoredCopies.find(connection, delivery, part.storedMessages(), part.isRetry());
                    part.rows().add(delivery.decision(), copies.missing(), copies.messageKey());
                }
                part.rows().addStored(delivery.decision());
            }
        }
        return part;
    }

    private static boolean hasNewMessage(Delivery delivery) {
        return !delivery.isPortion() && !delivery.alreadyStored() && delivery.decision().message() != null;
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
        batch.deliveries().forEach(Delivery::markStored);
        return batch;
    }
}

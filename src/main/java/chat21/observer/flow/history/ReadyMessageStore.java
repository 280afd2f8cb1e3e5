package chat21.observer.flow.history;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.database.RowKeys;
import chat21.observer.database.Statement;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.flow.store.ConversationChange;
import chat21.observer.flow.store.ConversationMerge;
import chat21.observer.flow.store.Unarchived;
import chat21.observer.flow.store.Unarchiving;
import chat21.observer.message.Delivery;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Status;

/** Stores a ready message once for all inboxes and its row in one; storing it again changes nothing more. */
public final class ReadyMessageStore {

    private static final Statement INSERT_MESSAGE = new Statement("messages", "insert-message-once");
    private static final Statement FIND_MESSAGE = new Statement("messages", "find-message");
    private static final Statement UPDATE_MESSAGE = new Statement("messages", "update-message");
    private static final Statement INSERT_TIMELINE = new Statement("timelines", "insert-timeline-once");
    private static final Statement RAISE_STATUS = new Statement("timelines", "raise-status");

    private final Payloads payloads;
    private final RowKeys keys;
    private final Unarchiving unarchiving;

    public ReadyMessageStore(Payloads payloads, RowKeys keys, Unarchiving unarchiving) {
        this.payloads = payloads;
        this.keys = keys;
        this.unarchiving = unarchiving;
    }

    /** Stores the message once for all inboxes. */
    public StoredReadyMessage message(@Body StoreReadyMessage change,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        return new StoredReadyMessage(change.message(), storeShared(connection, change.message(), change.merge()), false);
    }

    /** Puts it into the inbox's timeline; the status of what stands there already is only raised. */
    public StoredReadyMessage timeline(@Body StoredReadyMessage stored,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        ReadyMessage m = stored.message();
        long timestamp = stored.timestamp();
        int added = INSERT_TIMELINE.update(connection, m.app(), m.owner(), m.peer(), timestamp, m.status(),
                m.app(), m.messageId(), m.app(), m.owner(), m.peer(), timestamp, m.messageId());
        if (added == 0) {
            RAISE_STATUS.update(connection, m.status(), m.app(), m.owner(), m.peer(), timestamp, m.messageId(),
                    m.status());
        }
        return new StoredReadyMessage(m, timestamp, added > 0);
    }

    /** Brings the conversation up to date, and tells if it came back from the archive. */
    public StoredReadyMessage conversation(@Body StoredReadyMessage stored,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection,
            @ExchangeProperty(Refusals.DELIVERY) Delivery delivery) throws SQLException {
        ReadyMessage m = stored.message();
        if (!m.updatesConversation()) {
            return stored;
        }
        if (stored.isNew()) {
            boolean isNews = !m.isOwn() && !m.isHistory() && m.status() < Status.SEEN;
            ConversationMerge.one(connection, stored.conversation(),
                    ConversationChange.of(m.messageId(), stored.timestamp(), isNews));
        }
        // If it was stored before, that may not have been told.
        for (Unarchived what : Unarchived.among(connection,
                List.of(new Unarchived(stored.conversation(), m.messageId())))) {
            unarchiving.unarchived(connection, delivery.decision(), what);
        }
        return stored;
    }

    // Rows are found by the time of the message, so the time that it was first stored with stays.
    private long storeShared(Connection connection, ReadyMessage m, boolean merge) throws SQLException {
        ObjectNode completed = m.completed(m.shared());
        String channel = completed.path("channel_type").textValue();
        int added = INSERT_MESSAGE.update(connection, keys.next(m.app(), channel, m.sender(), m.recipient()), m.app(),
                m.messageId(), m.sender(), m.recipient(), completed.path("type").textValue(), channel, m.timestamp(),
                json(completed), m.app(), m.messageId());
        if (added > 0) {
            return m.timestamp();
        }
        Stored stored = FIND_MESSAGE.first(connection, row -> new Stored(row.getString(1), row.getLong(2)), m.app(),
                m.messageId());
        if (merge) {
            ObjectNode merged = payloads.readStored(stored.payload);
            merged.setAll(m.shared());
            merged.put("timestamp", stored.timestamp);
            UPDATE_MESSAGE.update(connection, json(merged), m.app(), m.messageId());
        }
        return stored.timestamp;
    }

    private String json(ObjectNode tree) {
        return new String(payloads.write(tree), StandardCharsets.UTF_8);
    }

    private record Stored(String payload, long timestamp) {
    }
}

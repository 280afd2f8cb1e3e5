package chat21.observer.history;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Payloads;
import chat21.observer.message.Status;
import chat21.observer.receive.Outcome;
import chat21.observer.store.ConversationChange;
import chat21.observer.store.ConversationKey;
import chat21.observer.store.ConversationMerge;
import chat21.observer.store.RowKeys;
import chat21.observer.store.Statement;
import chat21.observer.store.Unarchived;
import chat21.observer.store.Unarchiving;

/** Stores a ready message once for all inboxes and its row in one; storing it again changes nothing more. */
final class ReadyMessageStore {

    private static final Statement INSERT_MESSAGE = new Statement("insert-message-once");
    private static final Statement FIND_MESSAGE = new Statement("find-message");
    private static final Statement UPDATE_MESSAGE = new Statement("update-message");
    private static final Statement INSERT_TIMELINE = new Statement("insert-timeline-once");
    private static final Statement RAISE_STATUS = new Statement("raise-status");

    private final Payloads payloads;
    private final RowKeys keys;
    private final Unarchiving unarchiving;

    ReadyMessageStore(Payloads payloads, RowKeys keys, Unarchiving unarchiving) {
        this.payloads = payloads;
        this.keys = keys;
        this.unarchiving = unarchiving;
    }

    /** @param merge whether its fields replace those of the same message that are stored already */
    void store(Connection connection, Outcome outcome, ReadyMessage m, boolean merge) throws SQLException {
        ConversationKey conversation = new ConversationKey(m.app(), m.owner(), m.peer());
        long timestamp = storeShared(connection, m, merge);
        int added = INSERT_TIMELINE.update(connection, m.app(), m.owner(), m.peer(), timestamp, m.status(),
                m.app(), m.messageId(), m.app(), m.owner(), m.peer(), timestamp, m.messageId());
        if (added == 0) {
            RAISE_STATUS.update(connection, m.status(), m.app(), m.owner(), m.peer(), timestamp, m.messageId(),
                    m.status());
        } else if (m.updatesConversation()) {
            boolean isNews = !m.isOwn() && !m.isHistory() && m.status() < Status.SEEN;
            ConversationMerge.one(connection, conversation, ConversationChange.of(m.messageId(), timestamp, isNews));
        }
        if (m.updatesConversation()) {
            // If it was stored before, that may not have been told.
            for (Unarchived what : Unarchived.among(connection, List.of(new Unarchived(conversation, m.messageId())))) {
                unarchiving.unarchived(connection, outcome, what);
            }
        }
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

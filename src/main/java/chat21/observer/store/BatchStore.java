package chat21.observer.store;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import chat21.observer.inbox.InboxCopy;
import chat21.observer.message.ChatMessage;
import chat21.observer.receive.Batch;
import chat21.observer.receive.Delivery;

/**
 * Stores what a batch decided in one transaction, with one statement a table, and returns when the rows would survive
 * the end of the process.
 */
public final class BatchStore {

    private final Database database;
    private final FirstAttempts firstAttempts;
    private final String insertMessages = Sql.named("insert-messages");
    private final String insertTimeline = Sql.named("insert-timeline");
    private final String mergeConversations = Sql.named("merge-conversations");

    public BatchStore(Database database, FirstAttempts firstAttempts) {
        this.database = database;
        this.firstAttempts = firstAttempts;
    }

    /** Stores all copies of the batch; those of deliveries that were stored before are left as they are. */
    public Batch store(Batch batch) throws SQLException {
        Columns messages = new Columns("varchar", "varchar", "varchar", "varchar", "varchar", "varchar", "bigint",
                "varchar");
        Map<TimelineKey, Integer> timeline = new LinkedHashMap<>();
        Map<ConversationKey, ConversationChange> conversations = new TreeMap<>();
        for (Delivery delivery : batch.deliveries()) {
            if (!delivery.alreadyStored() && !delivery.outcome().copies().isEmpty()) {
                addMessage(messages, delivery.outcome().copies().get(0).message());
                for (InboxCopy copy : delivery.outcome().copies()) {
                    timeline.merge(TimelineKey.of(copy), copy.status(), Math::max);
                    if (copy.message().updatesConversation()) {
                        conversations.merge(ConversationKey.of(copy), ConversationChange.of(copy),
                                ConversationChange::then);
                    }
                }
            }
        }
        if (!messages.isEmpty()) {
            database.inTransaction(connection -> {
                messages.execute(connection, insertMessages);
                rows(timeline).execute(connection, insertTimeline);
                conversationRows(conversations).execute(connection, mergeConversations);
                firstAttempts.remember(connection, batch);
            });
            database.flush();
            batch.deliveries().forEach(Delivery::markStored);
        }
        return batch;
    }

    private static void addMessage(Columns rows, ChatMessage m) {
        rows.add(m.app(), m.messageId(), m.sender(), m.recipient(), m.text("type"), m.text("channel_type"),
                m.timestamp(), m.stored());
    }

    private static Columns rows(Map<TimelineKey, Integer> timeline) {
        Columns rows = new Columns("varchar", "varchar", "varchar", "bigint", "varchar", "smallint");
        timeline.forEach((k, status) -> rows.add(k.app(), k.owner(), k.peer(), k.timestamp(), k.messageId(),
                status.shortValue()));
        return rows;
    }

    private static Columns conversationRows(Map<ConversationKey, ConversationChange> conversations) {
        Columns rows = new Columns("varchar", "varchar", "varchar", "varchar", "bigint", "boolean", "integer");
        conversations.forEach((k, c) -> rows.add(k.app(), k.owner(), k.peer(), c.lastMessageId(), c.timestamp(),
                c.isNew(), c.unread()));
        return rows;
    }

    private record TimelineKey(String app, String owner, String peer, long timestamp, String messageId) {
        static TimelineKey of(InboxCopy copy) {
            ChatMessage m = copy.message();
            return new TimelineKey(m.app(), copy.owner(), copy.peer(), m.timestamp(), m.messageId());
        }
    }
}

package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import chat21.observer.database.Columns;
import chat21.observer.database.RowKeys;
import chat21.observer.database.Statement;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Decision;
import chat21.observer.message.InboxCopy;

/** The rows of many messages, written with one statement a table. */
final class BatchRows {

    private static final String CLIENT_ID = "client_message_id";
    private static final Statement INSERT_CLIENT_MESSAGES = new Statement("messages", "insert-client-messages");
    private static final Columns<ChatMessage> CLIENT_MESSAGE = new Columns<ChatMessage>().varchar(ChatMessage::app)
            .varchar(ChatMessage::sender).varchar(m -> m.text(CLIENT_ID)).varchar(ChatMessage::messageId);

    private final List<MessageRow> messages = new ArrayList<>();
    private final List<ChatMessage> clientMessages = new ArrayList<>();
    private final Map<TimelineKey, Integer> timeline = new TreeMap<>();
    private final Map<ConversationKey, ConversationChange> conversations = new TreeMap<>();
    private final Map<Unarchived, Decision> mayHaveUnarchived = new HashMap<>();
    private final Unarchiving unarchiving;
    private final RowKeys keys;

    BatchRows(Unarchiving unarchiving, RowKeys keys) {
        this.unarchiving = unarchiving;
        this.keys = keys;
    }

    /** Adds the message of a decision, once, and a row for each of its copies. */
    void add(Decision decision) {
        ChatMessage m = decision.message();
        long key = keys.next(m.app(), m.text("channel_type"), m.sender(), m.recipient());
        messages.add(new MessageRow(key, m.app(), m.messageId(), m.sender(), m.recipient(), m.text("type"),
                m.text("channel_type"), m.timestamp(), m.stored()));
        if (m.text(CLIENT_ID) != null) {
            clientMessages.add(m);
        }
        add(decision, decision.copies(), key);
    }

    /** Adds a row for each of these copies of a message, which has its own. */
    void add(Decision decision, List<InboxCopy> copies, long key) {
        for (InboxCopy copy : copies) {
            ChatMessage m = copy.message();
            ConversationKey conversation = ConversationKey.of(copy);
            timeline.merge(new TimelineKey(conversation, key, m), copy.status(), Math::max);
            if (m.updatesConversation()) {
                if (!conversations.containsKey(conversation)) {
                    mayHaveUnarchived.put(new Unarchived(conversation, m.messageId()), decision);
                }
                conversations.merge(conversation, ConversationChange.of(copy), ConversationChange::then);
            }
        }
    }

    /** Adds copies that may be stored: what they brought back from the archive then may not have been told. */
    void addStored(Decision decision) {
        for (InboxCopy copy : decision.copies()) {
            if (copy.message().updatesConversation()) {
                mayHaveUnarchived.put(new Unarchived(ConversationKey.of(copy), copy.message().messageId()), decision);
            }
        }
    }

    /** Writes the messages. */
    void writeMessages(Connection connection) throws SQLException {
        MessageRow.insert(connection, messages);
        INSERT_CLIENT_MESSAGES.updateAll(connection, CLIENT_MESSAGE, clientMessages);
    }

    /** Writes the rows of their copies. */
    void writeTimelines(Connection connection) throws SQLException {
        List<TimelineRow> rows = new ArrayList<>(timeline.size());
        timeline.forEach((k, status) -> rows.add(new TimelineRow(k.conversation.app(), k.conversation.owner(),
                k.conversation.peer(), k.message.timestamp(), k.message.messageId(), status.shortValue(),
                k.messageKey)));
        TimelineRow.insert(connection, rows);
    }

    /** Changes the conversations that the copies belong to, and tells which of these came back from the archive. */
    void writeConversations(Connection connection) throws SQLException {
        ConversationMerge.all(connection, conversations);
        for (Unarchived what : Unarchived.among(connection, mayHaveUnarchived.keySet())) {
            unarchiving.unarchived(connection, mayHaveUnarchived.get(what), what);
        }
    }

    // Who writes to itself has two copies in one inbox, and one row. Rows are in the order of the index, so that one
    // finds its place near the one before it.
    private record TimelineKey(ConversationKey conversation, long messageKey, ChatMessage message)
            implements Comparable<TimelineKey> {

        @Override
        public int compareTo(TimelineKey other) {
            int byConversation = conversation.compareTo(other.conversation);
            return byConversation != 0 ? byConversation : Long.compare(messageKey, other.messageKey);
        }
    }
}

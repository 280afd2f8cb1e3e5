package chat21.observer.tools.migration;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.LinkedHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.database.Columns;
import chat21.observer.database.Sql;
import chat21.observer.flow.store.ConversationKey;
import chat21.observer.message.Payloads;
import chat21.observer.tools.migration.MessageRow.MessageId;
import chat21.observer.tools.migration.StoredMessages.Stored;

/**
 * The collection {@code conversations}: a document is a conversation in one inbox, with the fields of its last message.
 * Fields that clients set stand among these; those that clients may set here stay with the conversation.
 */
final class Conversations implements Destination<Conversations.ConversationRow> {

    private static final String MERGE = Sql.named("import-conversations");
    private static final List<String> STATE = List.of("key", "is_new", "archived", "unread", "last_message_text");
    private static final String ATTRIBUTES = "attributes";

    private final StoredMessages messages;
    private final Payloads payloads;
    private final Set<String> clientFields;
    private final int maxBytes;
    private final int maxClientBytes;

    /**
     * @param clientFields   the fields that clients may set, besides {@code is_new}
     * @param maxBytes       the most bytes that a message may take
     * @param maxClientBytes the most bytes that the clients' fields of one conversation may take
     */
    Conversations(StoredMessages messages, Payloads payloads, Set<String> clientFields, int maxBytes,
            int maxClientBytes) {
        this.messages = messages;
        this.payloads = payloads;
        this.clientFields = clientFields;
        this.maxBytes = maxBytes;
        this.maxClientBytes = maxClientBytes;
    }

    /** A conversation with its last message; patch is what clients have set, to be compared with that message. */
    record ConversationRow(String owner, String peer, boolean isNew, boolean archived, ObjectNode patch,
            MessageRow last) {

        ConversationKey key() {
            return new ConversationKey(last.id().app(), owner, peer);
        }
    }

    @Override
    public ConversationRow read(Document document) {
        String owner = document.id("timelineOf");
        String peer = document.id("conversWith");
        boolean isNew = document.flag("is_new");
        boolean archived = document.flag("archived");
        ObjectNode json = document.json();
        ObjectNode patch = json.deepCopy().retain(clientFields);
        document.bounded("the fields " + clientFields, patch, maxClientBytes);
        json.remove(STATE);
        clientFields.stream().filter(field -> !ATTRIBUTES.equals(field)).forEach(json::remove);
        return new ConversationRow(owner, peer, isNew, archived, patch, MessageRow.of(document, maxBytes));
    }

    @Override
    public int store(Connection connection, List<ConversationRow> rows) throws SQLException {
        Map<MessageId, MessageRow> last = new LinkedHashMap<>();
        // In the order of their keys, as the flow does it; of two documents for one conversation the newer one counts.
        Map<ConversationKey, ConversationRow> newest = new TreeMap<>();
        for (ConversationRow row : rows) {
            last.putIfAbsent(row.last.id(), row.last);
            newest.merge(row.key(), row, (a, b) -> b.last.timestamp() >= a.last.timestamp() ? b : a);
        }
        Map<MessageId, Stored> stored = messages.store(connection, last);
        Columns columns = new Columns("varchar", "varchar", "varchar", "varchar", "bigint", "boolean", "boolean",
                "integer", "varchar");
        newest.forEach((key, row) -> columns.add(key.app(), key.owner(), key.peer(), row.last.id().id(),
                row.last.timestamp(), row.isNew, row.archived, row.isNew ? 1 : 0,
                patch(row.patch, stored.get(row.last.id()).payload())));
        return columns.execute(connection, MERGE);
    }

    // Attributes that are those of the last message were not set by a client, and go with the next message.
    private String patch(ObjectNode fields, String lastMessage) {
        JsonNode attributes = fields.get(ATTRIBUTES);
        if (attributes != null && attributes.equals(payloads.readStored(lastMessage).get(ATTRIBUTES))) {
            fields.remove(ATTRIBUTES);
        }
        return fields.isEmpty() ? null : new String(payloads.write(fields), StandardCharsets.UTF_8);
    }
}

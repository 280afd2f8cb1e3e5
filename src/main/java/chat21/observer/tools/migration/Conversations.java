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
import chat21.observer.database.Statement;
import chat21.observer.flow.store.ConversationKey;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.Payloads;
import chat21.observer.tools.migration.StoredMessages.Stored;

/**
 * The collection {@code conversations}: a document is a conversation in one inbox, with the fields of its last message.
 * Fields that clients set stand among these; those that clients may set here stay with the conversation.
 */
final class Conversations implements Destination<Conversations.ConversationRow> {

    private static final Statement MERGE = new Statement("import", "import-conversations");
    private static final Columns<Merged> COLUMNS = new Columns<Merged>().varchar(m -> m.row.last.id().app())
            .varchar(m -> m.row.owner).varchar(m -> m.row.peer).varchar(m -> m.row.last.id().id())
            .bigint(m -> m.row.last.timestamp()).bool(m -> m.row.isNew).bool(m -> m.row.archived)
            .integer(m -> m.row.isNew ? 1 : 0).varchar(Merged::patch);
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
            ExportedMessage last) {

        ConversationKey key() {
            return new ConversationKey(last.id().app(), owner, peer);
        }
    }

    // With what of the patch is not the last message's.
    private record Merged(ConversationRow row, String patch) {
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
        return new ConversationRow(owner, peer, isNew, archived, patch, ExportedMessage.of(document, maxBytes));
    }

    @Override
    public int store(Connection connection, List<ConversationRow> rows) throws SQLException {
        Map<Key, ExportedMessage> last = new LinkedHashMap<>();
        // In the order of their keys, as the flow does it; of two documents for one conversation the newer one counts.
        Map<ConversationKey, ConversationRow> newest = new TreeMap<>();
        for (ConversationRow row : rows) {
            last.putIfAbsent(row.last.id(), row.last);
            newest.merge(row.key(), row, (a, b) -> b.last.timestamp() >= a.last.timestamp() ? b : a);
        }
        Map<Key, Stored> stored = messages.store(connection, last);
        return MERGE.updateAll(connection, COLUMNS, newest.values().stream()
                .map(row -> new Merged(row, patch(row.patch, stored.get(row.last.id()).payload()))).toList());
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

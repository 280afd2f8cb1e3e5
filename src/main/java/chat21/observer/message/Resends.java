package chat21.observer.message;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseAway;
import chat21.observer.database.Statement;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** A message with a {@code client_message_id} is stored once for its sender, however often the client sends it. */
public final class Resends {

    /** The longest id that a client may give, in characters. */
    public static final int MAX_LENGTH = 64;

    public static final String RULE = "a string of 1 to " + MAX_LENGTH + " characters, none of them a control character";

    private static final Statement FIND = new Statement("messages", "find-client-message");
    private static final Statement DELETE_ORPHAN = new Statement("messages", "delete-orphaned-client-message");

    private final Database database;
    private final Payloads payloads;

    public Resends(Database database, Payloads payloads) {
        this.database = database;
        this.payloads = payloads;
    }

    /**
     * Turns a message that its client has sent before into what was stored then, so that only its sender hears of it.
     *
     * @throws Refusal if the client's id is not a text of 1 to 64 characters
     */
    public ChatMessage recognise(ChatMessage message) {
        String clientId = clientId(message);
        // What the broker hands over again is recognised already, and goes to all its inboxes.
        if (clientId == null || message.delivery().alreadyStored()) {
            return message;
        }
        Map<String, ChatMessage> ofBatch = message.delivery().lookups().byClientId();
        ChatMessage sameBatch = ofBatch.put(message.app() + "/" + message.sender() + "/" + clientId, message);
        ObjectNode first = sameBatch != null && !sameBatch.delivery().decision().copies().isEmpty()
                ? sameBatch.json() : stored(message, clientId);
        return first == null ? message : message.resendOf(first);
    }

    private ObjectNode stored(ChatMessage message, String clientId) {
        try {
            List<Optional<String>> found = find(message, clientId);
            if (found.isEmpty()) {
                return null;
            }
            if (found.get(0).isEmpty()) {
                free(message, clientId);
                return null;
            }
            return payloads.readStored(found.get(0).get());
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    private List<Optional<String>> find(ChatMessage message, String clientId) throws SQLException {
        return FIND.all(database, row -> Optional.ofNullable(row.getString(1)), message.app(), message.sender(), clientId);
    }

    // A message that comes while its group is being deleted can go without its id.
    private void free(ChatMessage message, String clientId) throws SQLException {
        database.inTransaction(connection -> DELETE_ORPHAN.update(connection, message.app(), message.sender(), clientId));
    }

    private static String clientId(ChatMessage message) {
        JsonNode id = message.json().path("client_message_id");
        if (Given.isAbsent(id)) {
            return null;
        }
        String text = id.asText();
        if (!id.isTextual() && !id.isIntegralNumber() || !isClientId(text)) {
            throw new Refusal(Reason.BAD_FIELD, "client_message_id must be " + RULE);
        }
        // As it is stored, and asked for.
        message.json().put("client_message_id", text);
        return text;
    }

    // It has a column of its own, and PostgreSQL stores no character zero.
    public static boolean isClientId(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().noneMatch(Character::isISOControl);
    }
}

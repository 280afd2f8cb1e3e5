package chat21.observer.flow.conversation;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.flow.inbox.News;
import chat21.observer.message.Delivery;
import chat21.observer.message.Given;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.RoutingKeys;
import chat21.observer.protocol.Topic.ConversationPatch;

/** A user's client sets fields of a conversation in the user's own inbox: protocol section 5. */
public final class ConversationPatches {

    private static final String IS_NEW = "is_new";
    private static final String ATTRIBUTES = "attributes";

    private final Payloads payloads;
    private final Set<String> ownedFields;
    private final int maxBytes;

    /**
     * @param ownedFields the fields that clients may set, besides {@code is_new}
     * @param maxBytes    the most bytes that the owned fields of one conversation may take
     */
    public ConversationPatches(Payloads payloads, Set<String> ownedFields, int maxBytes) {
        this.payloads = payloads;
        this.ownedFields = Set.copyOf(ownedFields);
        this.maxBytes = maxBytes;
    }

    /**
     * Reads what the client sets. Fields that are not the client's to set are left out.
     *
     * @throws Refusal if no field is left, or one has the wrong type, or they are too large
     */
    public MergePatch read(Delivery delivery) {
        ConversationPatch topic = (ConversationPatch) delivery.topic();
        ObjectNode patch = payloads.read(delivery.body());
        patch.retain(retained(patch));
        Boolean isNew = Given.flag(patch, IS_NEW);
        Given.dropAbsent(patch, IS_NEW);
        if (patch.isEmpty()) {
            throw new Refusal(Reason.BAD_FIELD, "a conversation patch may set is_new and " + ownedFields);
        }
        if (isNew != null) {
            patch.put(IS_NEW, isNew);
        }
        // PHP's empty object: a client that names the field means to empty it.
        if (patch.path(ATTRIBUTES).isArray() && patch.path(ATTRIBUTES).isEmpty()) {
            patch.putObject(ATTRIBUTES);
        }
        checkSize(payloads.write(patch));
        RoutingKeys.conversationUpdated(topic.app(), topic.user(), topic.peer());
        return new MergePatch(topic, patch);
    }

    private Set<String> retained(ObjectNode patch) {
        Set<String> names = new HashSet<>(ownedFields);
        names.add(IS_NEW);
        names.removeIf(name -> !patch.has(name));
        return names;
    }

    /**
     * Finds the conversation, and keeps others from changing it until the transaction ends.
     *
     * @throws Refusal if it is not there
     */
    public PatchedConversation find(@Body MergePatch change,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        ConversationPatch topic = change.topic();
        ConversationRow row = ConversationRow.lock(connection, topic.app(), topic.user(), topic.peer());
        if (row == null) {
            String text = "user has no conversation with " + topic.peer();
            // Clients say so whenever they open a page, also of what nobody has written in yet: nothing to keep a letter of.
            throw change.onlySaysRead() ? Refusal.withoutLetter(Reason.NOT_FOUND, text)
                    : new Refusal(Reason.NOT_FOUND, text);
        }
        return new PatchedConversation(change, row);
    }

    /**
     * Merges the fields into it.
     *
     * @return what the user's other clients are told
     * @throws Refusal if its fields would be too large then
     */
    public News merge(@Body PatchedConversation found,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        ConversationPatch topic = found.change().topic();
        ObjectNode patch = found.change().fields();
        ConversationRow row = found.row();
        ObjectNode owned = row.patch() == null ? payloads.newObject() : payloads.readStored(row.patch());
        JsonNode isNew = patch.get(IS_NEW);
        owned.setAll(patch);
        owned.remove(IS_NEW);
        byte[] merged = payloads.write(owned);
        checkSize(merged);
        ConversationRow changed = isNew == null ? row : row.withIsNew(isNew.booleanValue());
        if (!owned.isEmpty()) {
            changed = changed.withPatch(new String(merged, StandardCharsets.UTF_8));
        }
        changed.write(connection, topic.app(), topic.user(), topic.peer());
        return new News(topic.app(), topic.user(), topic.peer(), payloads.write(
                patch.deepCopy().put("timelineOf", topic.user()).put("conversWith", topic.peer())));
    }

    private void checkSize(byte[] json) {
        if (json.length > maxBytes) {
            throw new Refusal(Reason.PAYLOAD_TOO_LARGE,
                    "the fields that clients set in a conversation may take " + maxBytes + " bytes");
        }
    }
}

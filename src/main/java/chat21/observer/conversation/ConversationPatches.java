package chat21.observer.conversation;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Given;
import chat21.observer.message.Payloads;
import chat21.observer.publish.Publication;
import chat21.observer.receive.Delivery;
import chat21.observer.receive.Outcome;
import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.topic.RoutingKeys;
import chat21.observer.topic.Topic.ConversationPatch;

/** A user's client sets fields of a conversation in the user's own inbox: protocol section 5. */
public final class ConversationPatches {

    private static final String IS_NEW = "is_new";
    private static final String ATTRIBUTES = "attributes";

    private final Payloads payloads;
    private final String exchange;
    private final Set<String> ownedFields;
    private final int maxBytes;

    /**
     * @param exchange    the exchange that the inboxes are bound to
     * @param ownedFields the fields that clients may set, besides {@code is_new}
     * @param maxBytes    the most bytes that the owned fields of one conversation may take
     */
    public ConversationPatches(Payloads payloads, String exchange, Set<String> ownedFields, int maxBytes) {
        this.payloads = payloads;
        this.exchange = exchange;
        this.ownedFields = Set.copyOf(ownedFields);
        this.maxBytes = maxBytes;
    }

    /**
     * Merges the client's fields into the conversation, and tells the user's other clients. Fields that are not the
     * client's to set are left out.
     *
     * @throws Refusal if no field is left, or one has the wrong type, or they are too large
     */
    public Delivery apply(Delivery delivery) {
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
        String routingKey = RoutingKeys.conversationUpdated(topic.app(), topic.user(), topic.peer());
        delivery.outcome().add((connection, outcome) -> merge(connection, outcome, topic, patch, routingKey));
        return delivery;
    }

    private Set<String> retained(ObjectNode patch) {
        Set<String> names = new HashSet<>(ownedFields);
        names.add(IS_NEW);
        names.removeIf(name -> !patch.has(name));
        return names;
    }

    private void merge(Connection connection, Outcome outcome, ConversationPatch topic, ObjectNode patch,
            String routingKey) throws SQLException {
        ConversationRow row = ConversationRow.lock(connection, topic.app(), topic.user(), topic.peer());
        if (row == null) {
            throw notFound(topic, patch);
        }
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
        ObjectNode told = patch.deepCopy().put("timelineOf", topic.user()).put("conversWith", topic.peer());
        outcome.publish(Publication.json(exchange, routingKey, payloads.write(told)));
    }

    // Clients say so whenever they open a page, also of what nobody has written in yet: nothing to keep a letter of.
    private static Refusal notFound(ConversationPatch topic, ObjectNode patch) {
        String text = "user has no conversation with " + topic.peer();
        boolean onlySaysRead = patch.size() == 1 && patch.path(IS_NEW).isBoolean() && !patch.path(IS_NEW).booleanValue();
        return onlySaysRead ? Refusal.withoutLetter(Reason.NOT_FOUND, text) : new Refusal(Reason.NOT_FOUND, text);
    }

    private void checkSize(byte[] json) {
        if (json.length > maxBytes) {
            throw new Refusal(Reason.PAYLOAD_TOO_LARGE,
                    "the fields that clients set in a conversation may take " + maxBytes + " bytes");
        }
    }
}

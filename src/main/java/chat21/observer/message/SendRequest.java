package chat21.observer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.topic.Ids;

/**
 * What a caller of the REST API wants sent, checked.
 *
 * @param sender    who sends
 * @param recipient a user or a group
 * @param payload   what goes out on the sender's topic
 */
public record SendRequest(String sender, String recipient, ObjectNode payload) {

    /** Says which field is missing; upstream has a status of its own for this. */
    public static final class Missing extends RuntimeException {
        Missing(String text) {
            super(text, null, false, false);
        }
    }

    /**
     * Reads a request.
     *
     * @param caller   who calls
     * @param anySender whether the caller may name another sender in {@code sender_id}
     * @throws Missing if a mandatory field is not there
     * @throws Refusal naming the field and the rule if one has the wrong type
     */
    public static SendRequest of(ObjectNode body, String caller, boolean anySender) {
        mandatory(body, "sender_fullname", "Sender Fullname is mandatory");
        mandatory(body, "recipient_id", "Recipient id is mandatory");
        mandatory(body, "recipient_fullname", "Recipient Fullname is mandatory");
        String recipient = Ids.check("recipient_id", text(body, "recipient_id"));
        String given = anySender ? text(body, "sender_id") : null;
        String sender = given == null ? caller : Ids.check("sender_id", given);
        ObjectNode payload = body.objectNode();
        payload.put("text", text(body, "text"));
        payload.put("type", orElse(shortText(body, "type"), "text"));
        payload.put("recipient_fullname", text(body, "recipient_fullname"));
        payload.put("sender_fullname", text(body, "sender_fullname"));
        payload.put("channel_type", orElse(shortText(body, "channel_type"), "direct"));
        JsonNode attributes = body.path("attributes");
        check(attributes.isObject() || isAbsent(attributes), "attributes", "an object");
        copy(attributes, payload, "attributes");
        JsonNode metadata = body.path("metadata");
        check(metadata.isObject() || metadata.isTextual() || isAbsent(metadata), "metadata", "an object or a string");
        copy(metadata, payload, "metadata");
        JsonNode timestamp = body.path("timestamp");
        check(timestamp.isIntegralNumber() || isAbsent(timestamp), "timestamp", "a number of ms since 1970");
        copy(timestamp, payload, "timestamp");
        String clientMessageId = text(body, "client_message_id");
        if (clientMessageId != null) {
            check(Resends.isClientId(clientMessageId), "client_message_id", Resends.RULE);
            payload.put("client_message_id", clientMessageId);
        }
        return new SendRequest(sender, recipient, payload);
    }

    private static void mandatory(ObjectNode body, String field, String text) {
        if (isAbsent(body.path(field)) || "".equals(body.path(field).textValue())) {
            throw new Missing(text);
        }
    }

    private static String text(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        check(value.isTextual() || isAbsent(value), field, "a string");
        return value.textValue();
    }

    private static String shortText(ObjectNode body, String field) {
        String value = text(body, field);
        check(value == null || MessageReader.isShortWord(value), field, MessageReader.SHORT_WORD);
        return value;
    }

    private static String orElse(String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private static void copy(JsonNode value, ObjectNode payload, String field) {
        if (!isAbsent(value)) {
            payload.set(field, value);
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static void check(boolean right, String field, String rule) {
        if (!right) {
            throw new Refusal(Reason.BAD_FIELD, field + " must be " + rule);
        }
    }
}

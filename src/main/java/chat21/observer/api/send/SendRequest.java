package chat21.observer.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Given;
import chat21.observer.message.MessageReader;
import chat21.observer.message.Resends;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/**
 * What a caller of the REST API wants sent, checked.
 *
 * @param sender    who sends
 * @param recipient a user or a group
 * @param payload   what goes out on the sender's topic
 * @param vouched   whether the caller is a back end, which answers for what it says
 */
public record SendRequest(String sender, String recipient, ObjectNode payload, boolean vouched) {

    /** Says which field is missing; upstream has a status of its own for this. */
    public static final class Missing extends RuntimeException {
        Missing(String text) {
            super(text, null, false, false);
        }
    }

    /**
     * Reads a request.
     *
     * @param caller  who calls
     * @param backEnd whether the caller is a back end, which may name another sender in {@code sender_id}
     * @throws Missing if a mandatory field is not there
     * @throws Refusal naming the field and the rule if one has the wrong type
     */
    public static SendRequest of(ObjectNode body, String caller, boolean backEnd) {
        mandatory(body, "sender_fullname", "Sender Fullname is mandatory");
        mandatory(body, "recipient_id", "Recipient id is mandatory");
        mandatory(body, "recipient_fullname", "Recipient Fullname is mandatory");
        String recipient = Ids.check("recipient_id", Given.text(body, "recipient_id"));
        String given = backEnd ? Given.text(body, "sender_id") : null;
        String sender = given == null ? caller : Ids.check("sender_id", given);
        ObjectNode payload = body.objectNode();
        for (String field : new String[] {"text", "recipient_fullname", "sender_fullname"}) {
            Given.text(body, field);
            copy(body, payload, field);
        }
        payload.put("type", orElse(shortText(body, "type"), "text"));
        putUnlessAbsent(payload, "channel_type", shortText(body, "channel_type"));
        Given.object(body, "attributes");
        copy(body, payload, "attributes");
        copy(body, payload, "metadata");
        copy(body, payload, "timestamp");
        String clientMessageId = Given.text(body, "client_message_id");
        check(clientMessageId == null || Resends.isClientId(clientMessageId), "client_message_id", Resends.RULE);
        putUnlessAbsent(payload, "client_message_id", clientMessageId);
        return new SendRequest(sender, recipient, payload, backEnd);
    }

    private static void mandatory(ObjectNode body, String field, String text) {
        if (Given.isAbsent(body.path(field))) {
            throw new Missing(text);
        }
    }

    private static String shortText(ObjectNode body, String field) {
        String value = Given.text(body, field);
        check(value == null || MessageReader.isShortWord(value), field, MessageReader.SHORT_WORD);
        return value;
    }

    private static String orElse(String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static void putUnlessAbsent(ObjectNode payload, String field, String value) {
        if (value != null) {
            payload.put(field, value);
        }
    }

    // As it came; an empty text is one too.
    private static void copy(ObjectNode body, ObjectNode payload, String field) {
        JsonNode value = body.path(field);
        if (!Given.isAbsent(value) || value.isTextual() && "text".equals(field)) {
            payload.set(field, value);
        }
    }

    private static void check(boolean right, String field, String rule) {
        if (!right) {
            throw new Refusal(Reason.BAD_FIELD, field + " must be " + rule);
        }
    }
}

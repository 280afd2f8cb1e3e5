package chat21.observer.message;

import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Topic.Outgoing;

/** Turns an outgoing delivery into a message: checks its fields, removes what a client may not say, sets what we say. */
public final class MessageReader {

    // And the client's own id, by which the message is recognised when it is sent again.
    private static final List<String> SET_BY_US =
            List.of("message_id", "sender", "recipient", "app_id", MessageTime.TIMESTAMP,
            MessageTime.CLIENT_TIMESTAMP, "client_message_id");

    public static final String SHORT_WORD = "a string of at most 64 characters, none of them a control character";

    private final Payloads payloads;

    public MessageReader(Payloads payloads) {
        this.payloads = payloads;
    }

    /**
     * Reads one outgoing delivery.
     *
     * @throws Refusal naming the field and the rule if the payload breaks protocol section 3
     */
    public ChatMessage read(Delivery delivery) {
        Outgoing topic = (Outgoing) delivery.topic();
        ObjectNode json = payloads.read(delivery.body());
        checkTypes(json);
        removeWhatIsNotTheClients(json);
        json.put("message_id", delivery.messageId());
        json.put("sender", topic.sender());
        json.put("recipient", topic.recipient());
        json.put("app_id", topic.app());
        MessageTime.set(json, topic, delivery);
        return new ChatMessage(delivery, topic, json, payloads);
    }

    /**
     * Gives a message other fields, as far as they are not the observer's to set.
     *
     * @throws Refusal naming the field and the rule if they break protocol section 3
     */
    public void revise(ChatMessage message, ObjectNode fields) {
        ObjectNode revised = revised(message, fields);
        message.json().removeAll();
        message.json().setAll(revised);
    }

    /**
     * What {@link #revise(ChatMessage, ObjectNode)} would make of a message, which stays as it is.
     *
     * @throws Refusal naming the field and the rule if the fields break protocol section 3
     */
    public ObjectNode revised(ChatMessage message, ObjectNode fields) {
        ObjectNode revised = payloads.read(payloads.write(fields));
        checkTypes(revised);
        removeWhatIsNotTheClients(revised);
        for (String field : SET_BY_US) {
            JsonNode value = message.json().get(field);
            if (value == null) {
                revised.remove(field);
            } else {
                revised.set(field, value);
            }
        }
        return revised;
    }

    // What means nothing is left out; whether a text is one or a number is the client's to say.
    private static void checkTypes(ObjectNode json) {
        Given.dropAbsent(json, "type", "channel_type", "attributes", "metadata", "group", "client_message_id", "timestamp");
        for (String field : new String[] {"text", "sender_fullname", "recipient_fullname"}) {
            JsonNode value = json.path(field);
            if (value.isArray() && value.isEmpty()) {
                json.remove(field);
            } else {
                check(Given.isAbsent(value) || Given.isText(value), field, "a string");
            }
        }
        for (String field : new String[] {"type", "channel_type"}) {
            JsonNode value = json.path(field);
            check(value.isMissingNode() || value.isTextual(), field, "a string");
            check(isShortWord(value.asText()), field, SHORT_WORD);
        }
        Given.object(json, "attributes");
        if (!json.has("type")) {
            json.put("type", "text");
        }
    }

    // These have columns of their own, and PostgreSQL stores no character zero.
    public static boolean isShortWord(String text) {
        return text.length() <= 64 && text.chars().noneMatch(Character::isISOControl);
    }

    private static void check(boolean right, String field, String rule) {
        if (!right) {
            throw new Refusal(Reason.BAD_FIELD, field + " must be " + rule);
        }
    }

    private static void removeWhatIsNotTheClients(ObjectNode json) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext();) {
            String name = names.next();
            switch (name) {
                case "__history", "_id", "timelineOf", "conversWith", "status" -> names.remove();
                default -> {
                    if (name.startsWith("temp_")) {
                        names.remove();
                    }
                }
            }
        }
    }
}

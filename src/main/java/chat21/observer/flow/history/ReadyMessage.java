package chat21.observer.flow.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Given;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Status;

/**
 * A message that a back end has made ready for one inbox, with id, time and status of its own.
 *
 * @param app       the app
 * @param owner     whose inbox it enters
 * @param peer      under which conversation it stands there
 * @param messageId its id
 * @param sender    who wrote it
 * @param recipient to whom
 * @param timestamp when, in ms since 1970
 * @param status    one of {@link Status}
 * @param json      all of it
 */
public record ReadyMessage(String app, String owner, String peer, String messageId, String sender, String recipient,
        long timestamp, int status, ObjectNode json) {

    /**
     * Reads one.
     *
     * @throws Refusal naming the field and the rule if something is missing or has the wrong type
     */
    static ReadyMessage of(String app, String owner, String peer, ObjectNode json) {
        Given.dropAbsent(json, "type", "channel_type", "attributes", "metadata", "status");
        Long timestamp = Given.wholeNumber(json.get("timestamp"));
        if (timestamp == null) {
            throw new Refusal(Reason.BAD_FIELD, "timestamp must be a number of ms since 1970");
        }
        json.put("timestamp", timestamp);
        Given.object(json, "attributes");
        JsonNode status = json.path("status");
        if (!status.isMissingNode() && !status.canConvertToInt()) {
            throw new Refusal(Reason.BAD_FIELD, "status must be a number");
        }
        String sender = Ids.check("sender", json.path("sender").textValue());
        String recipient = Ids.check("recipient", json.path("recipient").textValue());
        return new ReadyMessage(app, owner, peer, Ids.check("message_id", json.path("message_id").textValue()), sender,
                recipient, timestamp, Math.max(-100, Math.min(Status.SEEN, status.asInt(Status.DELIVERED))), json);
    }

    /** Its fields with those that clients show no message without: {@code type} and {@code channel_type}. */
    ObjectNode completed(ObjectNode fields) {
        if (!fields.has("type")) {
            fields.put("type", "text");
        }
        if (!fields.has("channel_type")) {
            boolean isGroup = Ids.isOfGroup(recipient) || !owner.equals(sender) && !owner.equals(recipient);
            fields.put("channel_type", isGroup ? "group" : "direct");
        }
        return fields;
    }

    /** Whether it is an old message that a new member is shown. */
    boolean isHistory() {
        return json.hasNonNull("__history");
    }

    boolean isOwn() {
        return owner.equals(sender);
    }

    boolean updatesConversation() {
        JsonNode value = json.path("attributes").path("updateconversation");
        return !(value.isBoolean() && !value.booleanValue());
    }

    /** Its fields as they are stored once for all inboxes. */
    ObjectNode shared() {
        ObjectNode copy = json.deepCopy();
        copy.remove(java.util.List.of("status", "timelineOf", "conversWith", "__history", "_id"));
        return copy.put("app_id", app);
    }
}

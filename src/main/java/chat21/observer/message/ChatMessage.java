package chat21.observer.message;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.protocol.Topic.Outgoing;

/**
 * One message on its way from its sender: who it concerns comes from the topic, what it says from the payload.
 *
 * <p>{@link #json()} may be changed until the first copy is written; from then on the copies share its bytes, and
 * differ in {@code status} alone.
 */
public final class ChatMessage {

    private final Delivery delivery;
    private final Outgoing topic;
    private final ObjectNode json;
    private final Payloads payloads;
    private final Map<Integer, byte[]> copies = new HashMap<>(4);
    private boolean resend;
    private byte[] base;

    ChatMessage(Delivery delivery, Outgoing topic, ObjectNode json, Payloads payloads) {
        this.delivery = delivery;
        this.topic = topic;
        this.json = json;
        this.payloads = payloads;
    }

    /** What its client sent first with the same id of its own, in place of this. */
    ChatMessage resendOf(ObjectNode first) {
        delivery.resendOf(new FirstAttempt(first.path("message_id").textValue(),
                first.path("timestamp").longValue()));
        Outgoing firstTopic = new Outgoing(app(), sender(), first.path("recipient").textValue());
        ChatMessage message = new ChatMessage(delivery, firstTopic, first.deepCopy(), payloads);
        message.resend = true;
        return message;
    }

    /** The same message on its way to somebody else, whom its JSON names then too. */
    public ChatMessage redirectedTo(String recipient) {
        json.put("recipient", recipient);
        return new ChatMessage(delivery, new Outgoing(app(), sender(), recipient), json, payloads);
    }

    /** Whether its client has sent it before, so that nobody but the sender needs to hear of it. */
    public boolean isResend() {
        return resend;
    }

    /** What the broker handed over. */
    public Delivery delivery() {
        return delivery;
    }

    public String app() {
        return topic.app();
    }

    public String sender() {
        return topic.sender();
    }

    /** The user or group that it is sent to. */
    public String recipient() {
        return topic.recipient();
    }

    public String messageId() {
        return delivery.messageId();
    }

    /** When it was sent, in ms since 1970. */
    public long timestamp() {
        return json.path("timestamp").longValue();
    }

    /** A text field of the payload, or null where it is absent. */
    public String text(String field) {
        return json.path(field).textValue();
    }

    /** Says what kind of conversation it goes to, unless its client did: clients show no message that does not say so. */
    public void channel(String type) {
        if (!json.has("channel_type")) {
            json.put("channel_type", type);
        }
    }

    /** The payload with the fields that the observer sets. */
    public ObjectNode json() {
        return json;
    }

    /** One of the client's attributes; a missing node where there is none. */
    public JsonNode attribute(String name) {
        return json.path("attributes").path(name);
    }

    /** Whether the conversation lists take notice of it. */
    public boolean updatesConversation() {
        JsonNode value = attribute("updateconversation");
        return !(value.isBoolean() && !value.booleanValue());
    }

    /** The JSON as it is stored: without a status, which belongs to each inbox. */
    public String stored() {
        return new String(base(), StandardCharsets.UTF_8);
    }

    /** The bytes of the copies with this status: written once, shared by all inboxes. */
    public byte[] copy(int status) {
        return copies.computeIfAbsent(status, s -> {
            byte[] ending = (",\"status\":" + s + "}").getBytes(StandardCharsets.US_ASCII);
            byte[] all = java.util.Arrays.copyOf(base(), base().length - 1 + ending.length);
            System.arraycopy(ending, 0, all, base().length - 1, ending.length);
            return all;
        });
    }

    /** The bytes of one copy that has other fields. */
    public byte[] copy(ObjectNode fields, int status) {
        return payloads.write(fields.deepCopy().put("status", status));
    }

    private byte[] base() {
        if (base == null) {
            json.remove("status");
            base = payloads.write(json);
        }
        return base;
    }
}

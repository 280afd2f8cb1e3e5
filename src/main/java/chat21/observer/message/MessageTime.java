package chat21.observer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Newest.Conversation;
import chat21.observer.protocol.Topic.Outgoing;

/**
 * The time of a message, by which histories and lists are ordered: when the server accepted it. What a client's clock says
 * travels on beside it; a back end's word is taken, so that it can bring in what was said elsewhere.
 */
public final class MessageTime {

    static final String TIMESTAMP = "timestamp";
    static final String CLIENT_TIMESTAMP = "client_timestamp";

    // A back end's clock may run ahead a little; before this millennium nobody used it, and seconds instead of ms end here.
    private static final long MAX_AHEAD_MS = 60_000;
    private static final long EARLIEST_MS = 946_684_800_000L;

    private MessageTime() {
    }

    static void set(ObjectNode json, Outgoing topic, Delivery delivery) {
        JsonNode claimed = json.path(TIMESTAMP);
        Long vouched = vouched(claimed, delivery);
        json.put(TIMESTAMP, time(vouched, topic, delivery));
        if (vouched == null && isShortScalar(claimed)) {
            json.set(CLIENT_TIMESTAMP, claimed);
        }
    }

    /** Gives a message its time in the conversation that it was redirected to. */
    public static void setAnew(ChatMessage message) {
        Outgoing topic = new Outgoing(message.app(), message.sender(), message.recipient());
        Delivery delivery = message.delivery();
        message.json().put(TIMESTAMP, time(vouched(message.json().path(TIMESTAMP), delivery), topic, delivery));
    }

    private static long time(Long vouched, Outgoing topic, Delivery delivery) {
        Conversation conversation = delivery.lookups().conversationOf(topic);
        Long known = delivery.alreadyStored() ? Long.valueOf(delivery.firstTimestamp()) : vouched;
        if (known == null) {
            return delivery.lookups().newest().accept(conversation, delivery.receivedAt(), delivery.messageId());
        }
        delivery.lookups().newest().add(conversation, known, delivery.messageId());
        return known;
    }

    private static Long vouched(JsonNode claimed, Delivery delivery) {
        Long ms = delivery.isVouched() ? Given.wholeNumber(claimed) : null;
        return ms != null && ms >= EARLIEST_MS && ms <= delivery.receivedAt() + MAX_AHEAD_MS ? ms : null;
    }

    private static boolean isShortScalar(JsonNode value) {
        return value.isNumber() || value.isTextual() && MessageReader.isShortWord(value.textValue());
    }
}

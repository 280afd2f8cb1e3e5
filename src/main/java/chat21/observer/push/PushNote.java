package chat21.observer.push;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a device shows of a message, and what its app learns of it.
 *
 * @param title the sender's name
 * @param body  the message's text
 * @param data  texts for the app
 */
public record PushNote(String title, String body, Map<String, String> data) {

    private static final int MAX_BODY = 1_000;

    /** The note of a message. */
    static PushNote of(JsonNode message, long now) {
        String text = message.path("text").asText("");
        String shown = text.length() > MAX_BODY ? text.substring(0, MAX_BODY) : text;
        Map<String, String> data = new LinkedHashMap<>();
        for (String field : new String[] {"recipient", "recipient_fullname", "sender", "sender_fullname",
            "channel_type"}) {
            data.put(field, message.path(field).asText(""));
        }
        data.put("text", shown);
        data.put("timestamp", Long.toString(now));
        return new PushNote(message.path("sender_fullname").asText(""), shown, data);
    }
}

package chat21.observer.api.push;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;

import chat21.observer.protocol.Excerpt;

/**
 * What a device shows of a message, and what its app learns of it. Firebase takes 4,096 bytes in all; names and text are cut
 * so that a note stays below that with the token of its device, whatever the script.
 *
 * @param title the sender's name
 * @param body  the message's text
 * @param data  texts for the app
 */
public record PushNote(String title, String body, Map<String, String> data) {

    /** The most bytes of all its texts, as JSON writes them; what is left of Firebase's is for the token and the frame. */
    static final int MAX_BYTES = 3_000;

    private static final int MAX_BODY = 1_000;
    private static final int MAX_NAME_BYTES = 200;

    /** The note of a message. */
    static PushNote of(JsonNode message, long now) {
        String title = name(message, "sender_fullname");
        Map<String, String> data = new LinkedHashMap<>();
        data.put("recipient", message.path("recipient").asText(""));
        data.put("recipient_fullname", name(message, "recipient_fullname"));
        data.put("sender", message.path("sender").asText(""));
        data.put("sender_fullname", title);
        data.put("channel_type", name(message, "channel_type"));
        data.put("timestamp", Long.toString(now));
        int left = MAX_BYTES - size(title) - data.values().stream().mapToInt(PushNote::size).sum();
        // It is shown, and told to the app once more.
        String shown = Excerpt.of(Excerpt.of(message.path("text").asText(""), MAX_BODY), left / 2, PushNote::size);
        data.put("text", shown);
        return new PushNote(title, shown, data);
    }

    private static String name(JsonNode message, String field) {
        return Excerpt.of(message.path(field).asText(""), MAX_NAME_BYTES, PushNote::size);
    }

    private static int size(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
    }
}

package chat21.observer.simulation;

import java.nio.charset.StandardCharsets;

/** One message in one inbox. */
record Copy(String owner, String peer, String text) {

    /** That which is published so, or null if it is something else. */
    static Copy of(String exchange, String routingKey, byte[] body) {
        String[] words = routingKey.split("\\.");
        return exchange.isEmpty() ? null : new Copy(words[3], words[5], text(new String(body, StandardCharsets.UTF_8)));
    }

    /** What a message says, from its JSON. */
    static String text(String json) {
        return value("text", json);
    }

    /** The message's id, from its JSON. */
    static String id(byte[] json) {
        return value("message_id", new String(json, StandardCharsets.UTF_8));
    }

    private static String value(String field, String json) {
        int from = json.indexOf('"' + field + "\":\"") + field.length() + 4;
        return json.substring(from, json.indexOf('"', from));
    }

    /** The conversation that it stands in. */
    String lane() {
        return owner + '/' + peer;
    }
}

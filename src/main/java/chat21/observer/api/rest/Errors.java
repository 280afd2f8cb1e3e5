package chat21.observer.api.rest;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes {@code {"success":false,…}}. */
final class Errors {

    private Errors() {
    }

    static byte[] json(String name, String text) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(text));
        return ("{\"success\":false,\"" + name + "\":\"" + quoted + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}

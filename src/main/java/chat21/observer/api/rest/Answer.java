package chat21.observer.api.rest;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What a request is answered with.
 *
 * @param status      the HTTP status
 * @param contentType of the body
 * @param body        the bytes, not to be changed, or a stream of them
 */
public record Answer(int status, String contentType, Object body) {

    private static final String JSON = "application/json; charset=utf-8";
    private static final byte[] SUCCESS = "{\"success\":true}".getBytes(StandardCharsets.UTF_8);

    /** 200 and this JSON. */
    public static Answer json(byte[] json) {
        return json(200, json);
    }

    public static Answer json(int status, byte[] json) {
        return new Answer(status, JSON, json);
    }

    /** {@code {"success":true}}. */
    public static Answer success(int status) {
        return json(status, SUCCESS);
    }

    /** Says what went wrong; the caller may come again where the status is 429 or 503. */
    static Answer error(int status, String text) {
        return error(status, "err", text);
    }

    /** Says what went wrong in a field of that name. */
    static Answer error(int status, String field, String text) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(text));
        return json(status, ("{\"success\":false,\"" + field + "\":\"" + quoted + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    public static Answer text(String text) {
        return new Answer(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with one JSON object a line, which are read while they are sent. */
    static Answer lines(InputStream lines) {
        return new Answer(200, "application/x-ndjson; charset=utf-8", lines);
    }

    /** Whether the caller is told when to come again. */
    boolean isForLater() {
        return status == 503 || status == 429;
    }

    /** Makes it the exchange's answer; nothing of the request goes back. */
    void write(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(this);
    }
}

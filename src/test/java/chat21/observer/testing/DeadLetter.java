package chat21.observer.testing;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.rabbitmq.client.GetResponse;

/**
 * A refused message as an operator finds it.
 *
 * @param headers why and when it was refused, and where it was bound for
 * @param body    its payload as it came
 */
public record DeadLetter(Map<String, Object> headers, byte[] body) {

    public static DeadLetter of(GetResponse response) {
        return new DeadLetter(response.getProps().getHeaders(), response.getBody());
    }

    /** A header as text; null where it is absent. */
    public String header(String name) {
        Object value = headers.get(name);
        return value == null ? null : value.toString();
    }

    /** Why it was refused. */
    public String reason() {
        return header("x-reason");
    }

    /** The payload as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}

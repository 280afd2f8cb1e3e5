package chat21.observer.engine.refuse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;

import chat21.observer.engine.broker.DeadQueue;
import chat21.observer.engine.broker.QueueBrowser;

/**
 * A refused message as it lies among the dead letters.
 *
 * @param id         by which an operator names it: that which the message would have had
 * @param reason     why it was refused, such as {@code bad-payload}
 * @param routingKey on which it was published; null if nobody can tell
 * @param receivedAt when it was refused; null if nobody can tell
 * @param headers    all that the letter says, by name
 * @param body       the payload as it came
 */
public record StoredLetter(String id, String reason, String routingKey, Instant receivedAt, Map<String, String> headers,
        byte[] body) {

    static StoredLetter of(GetResponse message) {
        Map<String, String> headers = new TreeMap<>();
        Objects.requireNonNullElse(message.getProps().getHeaders(), Map.<String, Object>of())
                .forEach((name, value) -> headers.put(name, String.valueOf(value)));
        String id = message.getProps().getMessageId();
        return new StoredLetter(id == null ? digest(headers, message.getBody()) : id,
                headers.getOrDefault(DeadLetters.REASON, "unknown"), headers.get(DeadLetters.ROUTING_KEY),
                instant(headers.get(DeadLetters.RECEIVED_AT)), headers, message.getBody());
    }

    /** The queue of the refused messages. */
    public static DeadQueue<StoredLetter> queue(Connection connection, String name) {
        return new DeadQueue<>(connection, name, StoredLetter::of);
    }

    /**
     * Publishes letters once more, as their senders did. One that was published, but could not leave the queue, keeps its
     * message's id for the next time.
     *
     * @param exchange what clients publish to
     * @param user     what the observer is to the broker; it takes ids from nobody else
     */
    public static DeadQueue.Action<StoredLetter> replay(String exchange, String user) {
        return (channel, message, letter) -> letter.routingKey != null
                && QueueBrowser.publish(channel, exchange, letter.routingKey, letter.properties(user), letter.body);
    }

    // Who sent it stands in the routing key, which the broker proved when the client published; nothing here changes it.
    private BasicProperties properties(String user) {
        BasicProperties.Builder properties = new BasicProperties.Builder().deliveryMode(2).userId(user);
        return hasMessageId() ? properties.messageId(id).build() : properties.build();
    }

    /** Why in particular. */
    public String detail() {
        return headers.getOrDefault(DeadLetters.DETAIL, "");
    }

    /** Whether its id can be that of a message. */
    private boolean hasMessageId() {
        try {
            return UUID.fromString(id).toString().equals(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    // Letters of older versions have no id; their content tells them apart.
    private static String digest(Map<String, String> headers, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(headers.toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return UUID.nameUUIDFromBytes(all.toByteArray()).toString();
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}

package chat21.observer.out.webhook;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;

import chat21.observer.engine.broker.DeadQueue;
import chat21.observer.engine.broker.QueueBrowser;

/**
 * An event that was given up, as an operator sees it.
 *
 * @param eventId   its id
 * @param type      what it tells of
 * @param endpoint  the address that it could not be posted to, or unknown if it never was tried for long
 * @param queue     the queue that a replay puts it into; null if that cannot be told
 * @param tries     how often it was tried
 * @param error     why the last try failed
 * @param givenUpAt when, as ISO 8601
 */
public record DeadEvent(String eventId, String type, String endpoint, String queue, int tries, String error,
        String givenUpAt) {

    private static final String ENDPOINT = "x-endpoint";
    // From which queue the event was tried, where a replay puts it.
    private static final String ENDPOINT_QUEUE = "x-endpoint-queue";
    private static final String TRIES = "x-tries";
    private static final String GIVEN_UP_AT = "x-given-up-at";

    /** What stands in the headers of an event that is given up; nothing secret. */
    static Map<String, Object> headers(WebhookTry attempt, String error, Instant now) {
        return Map.of(ENDPOINT, attempt.endpoint().address(), ENDPOINT_QUEUE, attempt.endpoint().queue(),
                WebhookTry.LAST_ERROR, error, TRIES, attempt.number(), GIVEN_UP_AT, now.toString());
    }

    static DeadEvent of(GetResponse letter) {
        BasicProperties properties = letter.getProps();
        Map<String, Object> headers = Objects.requireNonNullElse(properties.getHeaders(), Map.of());
        if (headers.get(ENDPOINT_QUEUE) != null) {
            return new DeadEvent(properties.getMessageId(), properties.getType(),
                    text(headers, ENDPOINT), text(headers, ENDPOINT_QUEUE),
                    number(headers.get(TRIES)), text(headers, WebhookTry.LAST_ERROR),
                    text(headers, GIVEN_UP_AT));
        }
        List<String> bundle = EventBundles.namesIn(headers);
        // Nobody gave it up: the broker moved it here, since its queue was full.
        Map<?, ?> death = headers.get("x-death") instanceof List<?> deaths && !deaths.isEmpty()
                && deaths.get(0) instanceof Map<?, ?> first ? first : Map.of();
        Object queue = death.get("queue");
        Object time = death.get("time");
        return new DeadEvent(bundle.isEmpty() ? properties.getMessageId() : bundle.get(0).replaceAll(".* ", ""),
                bundle.isEmpty() ? properties.getType() : bundle.size() + " events", queue == null ? "?" : queue.toString(),
                queue == null ? null : queue.toString(), Math.max(0, number(headers.get(WebhookTry.NUMBER)) - 1),
                "the queue was full",
                time instanceof java.util.Date date ? date.toInstant().toString() : "?");
    }

    /** The queue of the events that were given up. */
    public static DeadQueue<DeadEvent> queue(Connection connection, String name) {
        return new DeadQueue<>(connection, name, DeadEvent::of);
    }

    /** Puts an event back into the queue of its endpoint, as if it were new. */
    public static boolean replay(Channel channel, GetResponse letter, DeadEvent event) throws IOException, TimeoutException {
        return event.queue != null
                && QueueBrowser.publish(channel, "", event.queue, EventBundles.again(letter.getProps()), letter.getBody());
    }

    /** Whether the operator means this one; null means all. */
    public boolean isFor(String wanted) {
        return wanted == null || endpoint.contains(wanted) || (queue != null && queue.contains(wanted));
    }

    private static String text(Map<String, Object> headers, String name) {
        return String.valueOf(headers.get(name));
    }

    private static int number(Object value) {
        return value instanceof Number n ? n.intValue() : 0;
    }
}

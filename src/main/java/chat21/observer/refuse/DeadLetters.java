package chat21.observer.refuse;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import com.rabbitmq.client.AMQP.BasicProperties;

import chat21.observer.publish.Publication;
import chat21.observer.receive.Delivery;
import chat21.observer.text.Excerpt;

/** Writes refused messages for the operator: the payload as it came, or the beginning of one that was too large, and in the headers why, what and when. */
public final class DeadLetters {

    static final String REASON = "x-reason";
    static final String DETAIL = "x-detail";
    static final String ROUTING_KEY = "x-original-routing-key";
    static final String RECEIVED_AT = "x-received-at";

    private static final int MAX_DETAIL = 1_000;

    private final String queue;

    /** @param queue the queue that refused messages go to */
    public DeadLetters(String queue) {
        this.queue = queue;
    }

    /** The dead letter of a refused delivery. */
    public Publication letter(Delivery delivery) {
        Refusal refusal = delivery.outcome().refusal();
        Map<String, Object> headers = new HashMap<>();
        headers.put(REASON, refusal.reason().label());
        headers.put(DETAIL, shortened(refusal.getMessage()));
        headers.put(ROUTING_KEY, delivery.routingKey());
        headers.put("x-original-queue", delivery.queue());
        headers.put(RECEIVED_AT, Instant.ofEpochMilli(delivery.receivedAt()).toString());
        // The id names the letter, and whoever replays it gives it back to the message.
        BasicProperties properties = new BasicProperties.Builder().deliveryMode(2).messageId(delivery.messageId())
                .headers(headers).build();
        return new Publication("", queue, properties, delivery.body());
    }

    private static String shortened(String detail) {
        return detail == null ? "" : Excerpt.of(detail, MAX_DETAIL);
    }
}

package chat21.observer.refuse;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import com.rabbitmq.client.AMQP.BasicProperties;

import chat21.observer.publish.Publication;
import chat21.observer.receive.Delivery;

/** Writes refused messages for the operator: the payload as it came, and in the headers why, what and when. */
public final class DeadLetters {

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
        headers.put("x-reason", refusal.reason().label());
        headers.put("x-detail", shortened(refusal.getMessage()));
        headers.put("x-original-routing-key", delivery.routingKey());
        headers.put("x-original-queue", delivery.queue());
        headers.put("x-received-at", Instant.ofEpochMilli(delivery.receivedAt()).toString());
        BasicProperties properties = new BasicProperties.Builder().deliveryMode(2).headers(headers).build();
        return new Publication("", queue, properties, delivery.body());
    }

    private static String shortened(String detail) {
        String text = detail == null ? "" : detail;
        return text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) : text;
    }
}

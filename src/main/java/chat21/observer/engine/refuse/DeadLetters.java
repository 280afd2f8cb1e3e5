package chat21.observer.engine.refuse;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import com.rabbitmq.client.AMQP.BasicProperties;

import chat21.observer.message.BatchItem;
import chat21.observer.message.Delivery;
import chat21.observer.message.Publication;
import chat21.observer.protocol.Excerpt;
import chat21.observer.protocol.Refusal;

/** Writes refused messages for the operator: the payload as it came, or the beginning of one that was too large, and in the headers why, what and when. */
public final class DeadLetters {

    static final String REASON = "x-reason";
    static final String DETAIL = "x-detail";
    static final String ROUTING_KEY = "x-original-routing-key";
    static final String RECEIVED_AT = "x-received-at";

    private static final int MAX_DETAIL = 1_000;

    private static final String ORIGINAL_BYTES = "x-original-bytes";
    private static final int CUT_BYTES = 4_096;

    private final String queue;
    private final int maxBytes;

    /**
     * @param queue    the queue that refused messages go to
     * @param maxBytes the largest payload that is ever taken; of a larger one, which would be refused again, the letter
     *                 holds the beginning
     */
    public DeadLetters(String queue, int maxBytes) {
        this.queue = queue;
        this.maxBytes = maxBytes;
    }

    /** The dead letter of what was refused. */
    public Publication letter(BatchItem refused) {
        Refusal refusal = refused.decision().refusal();
        Delivery delivery = refused.delivery();
        Map<String, Object> headers = new HashMap<>();
        headers.put(REASON, refusal.reason().label());
        headers.put(DETAIL, shortened(refusal.getMessage()));
        headers.put(ROUTING_KEY, delivery.routingKey());
        headers.put("x-original-queue", delivery.queue());
        headers.put(RECEIVED_AT, Instant.ofEpochMilli(delivery.receivedAt()).toString());
        byte[] body = delivery.body();
        if (body.length > maxBytes) {
            headers.put(ORIGINAL_BYTES, body.length);
            body = Arrays.copyOf(body, Math.min(maxBytes, CUT_BYTES));
        }
        // The id names the letter, and whoever replays it gives it back to the message.
        BasicProperties properties = new BasicProperties.Builder().deliveryMode(2).messageId(delivery.messageId())
                .headers(headers).build();
        return new Publication("", queue, properties, body);
    }

    private static String shortened(String detail) {
        return detail == null ? "" : Excerpt.of(detail, MAX_DETAIL);
    }
}

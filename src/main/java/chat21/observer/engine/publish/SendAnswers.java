package chat21.observer.engine.publish;

import java.util.HashMap;
import java.util.Map;

import com.rabbitmq.client.AMQP.BasicProperties;

import chat21.observer.message.Delivery;
import chat21.observer.message.Publication;
import chat21.observer.protocol.Excerpt;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** What the flow answers a process of this application that waits for what becomes of a message. */
public final class SendAnswers {

    private static final String REASON = "x-reason";
    private static final String DETAIL = "x-detail";
    private static final int MAX_DETAIL = 1_000;
    private static final byte[] NOTHING = new byte[0];

    private SendAnswers() {
    }

    /** The answer about a delivery that somebody waits for: stored, or refused and why. */
    public static Publication about(Delivery delivery) {
        Refusal refusal = delivery.decision().refusal();
        Map<String, Object> headers = new HashMap<>();
        if (refusal != null) {
            headers.put(REASON, refusal.reason().label());
            headers.put(DETAIL, Excerpt.of(String.valueOf(refusal.getMessage()), MAX_DETAIL));
        }
        // Who waits may be gone, and then nobody needs it.
        return new Publication("", delivery.waitingQueue(), new BasicProperties.Builder().correlationId(delivery.givenId())
                .headers(headers).build(), NOTHING);
    }

    /** Why the message of an answer was refused, or null where it is stored. */
    public static Refusal refusal(BasicProperties answer) {
        Map<String, Object> headers = answer.getHeaders();
        return headers == null || !headers.containsKey(REASON) ? null
                : new Refusal(Reason.of(headers.get(REASON).toString()), String.valueOf(headers.get(DETAIL)));
    }
}

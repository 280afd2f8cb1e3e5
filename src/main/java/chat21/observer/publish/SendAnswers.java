package chat21.observer.publish;

import java.util.HashMap;
import java.util.Map;

import com.rabbitmq.client.AMQP.BasicProperties;

import chat21.observer.receive.Delivery;
import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.text.Excerpt;

/** What the flow answers a process of this application that waits for what becomes of a message. */
public final class SendAnswers {

    private static final String REASON = "x-reason";
    private static final String DETAIL = "x-detail";
    private static final int MAX_DETAIL = 1_000;
    private static final byte[] NOTHING = new byte[0];

    private SendAnswers() {
    }

    /** The answer about a delivery that somebody waits for: stored, or refused and why. */
    static Publication about(Delivery delivery) {
        Refusal refusal = delivery.outcome().refusal();
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

package chat21.observer.flow.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import chat21.observer.engine.publish.PooledPublisher;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Payloads;
import chat21.observer.message.Publication;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.RoutingKeys;

/**
 * Sends what policies answer, the way that clients' messages go. Each answer is marked as automatic, and an automatic
 * message is never answered: so nothing that answers can start a loop, with itself or with others. An answer has an id
 * made of what it answers, so that a policy that is asked again after a crash answers once.
 */
public final class Answers {

    private static final String SET_BY_US = "automatic";

    private final PooledPublisher publisher;
    private final String exchange;
    private final Payloads payloads;
    private final Counter sent;
    private final Counter withheld;

    /** @param exchange the exchange that clients publish to */
    public Answers(PooledPublisher publisher, String exchange, Payloads payloads, MeterRegistry meters) {
        this.publisher = publisher;
        this.exchange = exchange;
        this.payloads = payloads;
        sent = counter(meters, "sent");
        withheld = counter(meters, "withheld");
    }

    /** Whether a policy sent this message. */
    static boolean isAutomatic(ChatMessage message) {
        return message.attribute(SET_BY_US).asBoolean();
    }

    /**
     * Answers a message in its conversation, unless it is itself automatic or the answer would go to its own sender.
     *
     * @param as   the user who answers; null for the recipient
     * @param body a text, or a map of fields
     */
    void send(Question.About about, String as, Object body) throws IOException, InterruptedException {
        if (as == null && about.isGroup()) {
            throw new IllegalStateException("a group does not answer by itself: say who does, with policy:answer?as=USER");
        }
        String from = as == null ? about.recipient() : Ids.check("as", as);
        String to = about.isGroup() ? about.recipient() : about.sender();
        if (about.automatic() || from.equals(about.sender())) {
            withheld.increment();
            return;
        }
        ObjectNode json = body instanceof Map<?, ?> map ? payloads.fromMap(map)
                : payloads.newObject().put("text", String.valueOf(body)).put("type", "text");
        if (about.isGroup()) {
            json.put("channel_type", "group");
        }
        json.put("client_message_id", idOf(about, from));
        ObjectNode attributes = json.path("attributes") instanceof ObjectNode given ? given : json.putObject("attributes");
        attributes.put(SET_BY_US, true);
        publisher.publish(List.of(Publication.json(exchange, RoutingKeys.outgoing(about.app(), from, to),
                payloads.write(json))));
        sent.increment();
    }

    private static String idOf(Question.About about, String from) {
        String name = from + "/" + about.messageId() + "/" + about.answers().incrementAndGet();
        return "answer-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("chat21_policy_answers").tag("outcome", outcome)
                .description("Answers of policies; withheld are those to automatic messages").register(meters);
    }
}

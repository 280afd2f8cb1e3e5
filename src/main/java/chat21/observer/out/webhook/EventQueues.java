package chat21.observer.out.webhook;

import java.util.List;
import java.util.Map;

import com.rabbitmq.client.AMQP.BasicProperties;

import chat21.observer.message.Publication;
import chat21.observer.protocol.EventType;

/**
 * Addresses an event to the queues of all endpoints with one publication. There is no exchange to bind, so the queue of
 * an endpoint that left the configuration gets nothing more.
 */
final class EventQueues {

    // The broker routes a copy to each queue named here, and takes the header off.
    private static final String MORE_ROUTING_KEYS = "BCC";

    private final String first;
    private final Map<String, Object> headers;

    /** @param queues one or more names */
    EventQueues(List<String> queues) {
        first = queues.get(0);
        headers = queues.size() == 1 ? Map.of() : Map.of(MORE_ROUTING_KEYS, queues.subList(1, queues.size()));
    }

    Publication publication(EventType type, String eventId, EventJson json) {
        BasicProperties properties = new BasicProperties.Builder().deliveryMode(2).contentType("application/json")
                .type(type.label()).messageId(eventId).headers(headers).build();
        return new Publication("", first, properties, json::bytes);
    }
}

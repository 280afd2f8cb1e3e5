package chat21.observer.out.webhook;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.rabbitmq.client.Channel;
import io.micrometer.core.instrument.Counter;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.amqp.core.MessageProperties;

import chat21.observer.engine.broker.EdgeProperties;

/**
 * Makes a try of each event that the broker hands over from the queue of an endpoint, and that the endpoint wants, without
 * those of what was deleted since they were made.
 */
public final class TakeEvents implements Processor {

    private final Map<String, Endpoint> endpoints;

    private final DeletedEvents deletedEvents;
    private final Counter dropped;

    /** @param dropped counts events that are older than a deletion of what they tell of */
    TakeEvents(Collection<Endpoint> endpoints, DeletedEvents deletedEvents, Counter dropped) {
        this.deletedEvents = deletedEvents;
        this.dropped = dropped;
        this.endpoints = endpoints.stream().collect(Collectors.toMap(Endpoint::queue, Function.identity()));
    }

    @Override
    public void process(Exchange exchange) throws SQLException {
        if (exchange.getContext().isStopping()) {
            // It was handed over in advance; unacknowledged, it goes back to its queue with the channel.
            exchange.setRouteStop(true);
            return;
        }
        MessageProperties properties = exchange.getMessage().getHeader(EdgeProperties.HEADER, MessageProperties.class);
        byte[] body = Objects.requireNonNullElse(exchange.getMessage().getBody(byte[].class), new byte[0]);
        Channel channel = exchange.getProperty(SpringRabbitMQConstants.CHANNEL, Channel.class);
        exchange.getMessage().setBody(
                new EventDelivery(withoutDeleted(tries(properties, body, channel)), channel, properties.getDeliveryTag()));
    }

    private List<WebhookTry> withoutDeleted(List<WebhookTry> tries) throws SQLException {
        Set<Integer> deleted = deletedEvents.among(tries.stream().map(WebhookTry::body).toList());
        dropped.increment(deleted.size());
        return deleted.isEmpty() ? tries
                : IntStream.range(0, tries.size()).filter(i -> !deleted.contains(i)).mapToObj(tries::get).toList();
    }

    private List<WebhookTry> tries(MessageProperties properties, byte[] body, Channel channel) {
        Endpoint endpoint = endpoints.get(properties.getConsumerQueue());
        List<String> names = EventBundles.namesIn(properties.getHeaders());
        if (names.isEmpty()) {
            String id = Objects.requireNonNullElseGet(properties.getMessageId(), () -> UUID.randomUUID().toString());
            int number = properties.getHeaders().get(WebhookTry.NUMBER) instanceof Number n ? Math.max(1, n.intValue()) : 1;
            return endpoint.options().wants(properties.getType())
                    ? List.of(new WebhookTry(endpoint, id, properties.getType(), number, body, channel)) : List.of();
        }
        List<byte[]> bodies = EventBundles.bodiesIn(body);
        List<WebhookTry> tries = new ArrayList<>();
        for (int i = 0; i < Math.min(names.size(), bodies.size()); i++) {
            String[] typeAndId = names.get(i).split(" ", 2);
            if (endpoint.options().wants(typeAndId[0])) {
                tries.add(new WebhookTry(endpoint, typeAndId[typeAndId.length - 1], typeAndId[0], 1, bodies.get(i), channel));
            }
        }
        return tries;
    }
}

package chat21.observer.webhook;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.rabbitmq.client.Channel;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.amqp.core.MessageProperties;

import chat21.observer.broker.EdgeProperties;

/** Makes a try of what the broker hands over from the queue of an endpoint. */
public final class TakeEvent implements Processor {

    private final Map<String, Endpoint> endpoints;

    TakeEvent(Collection<Endpoint> endpoints) {
        this.endpoints = endpoints.stream().collect(Collectors.toMap(Endpoint::queue, Function.identity()));
    }

    @Override
    public void process(Exchange exchange) {
        if (exchange.getContext().isStopping()) {
            // It was handed over in advance; unacknowledged, it goes back to its queue with the channel.
            exchange.setRouteStop(true);
            return;
        }
        MessageProperties properties = exchange.getMessage().getHeader(EdgeProperties.HEADER, MessageProperties.class);
        byte[] body = exchange.getMessage().getBody(byte[].class);
        Object number = properties.getHeaders().get(WebhookTry.NUMBER);
        exchange.getMessage().setBody(new WebhookTry(endpoints.get(properties.getConsumerQueue()),
                Objects.requireNonNullElseGet(properties.getMessageId(), () -> UUID.randomUUID().toString()),
                properties.getType(), number instanceof Number n ? Math.max(1, n.intValue()) : 1,
                body == null ? new byte[0] : body,
                exchange.getProperty(SpringRabbitMQConstants.CHANNEL, Channel.class), properties.getDeliveryTag()));
    }
}

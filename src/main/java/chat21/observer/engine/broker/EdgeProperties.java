package chat21.observer.engine.broker;

import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.component.springrabbit.MessagePropertiesConverter;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.amqp.core.MessageProperties;

/**
 * Lets nothing of an incoming message's properties into the flow but one header that holds them all: expiration,
 * priority, user id, reply-to and headers of strangers must not travel on.
 */
public final class EdgeProperties implements MessagePropertiesConverter {

    /** The header that holds the {@link MessageProperties} as they came. */
    public static final String HEADER = "amqp";

    @Override
    public void setHeaderFilterStrategy(HeaderFilterStrategy strategy) {
        // No header passes at all, so there is nothing to filter.
    }

    @Override
    public MessageProperties toMessageProperties(Exchange exchange) {
        return new MessageProperties();
    }

    @Override
    public Map<String, Object> fromMessageProperties(MessageProperties properties, Exchange exchange) {
        return Map.of(HEADER, properties);
    }
}

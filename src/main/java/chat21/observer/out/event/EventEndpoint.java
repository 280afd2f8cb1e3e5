package chat21.observer.out.event;

import java.sql.Connection;
import java.sql.SQLException;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ProcessorEndpoint;

import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.message.Delivery;
import chat21.observer.out.analytics.Analytics;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;

/** Other systems, as far as they are told of one type of event. */
public final class EventEndpoint extends ProcessorEndpoint {

    private final EventType type;
    private final WebhookEvents webhooks;
    private final Analytics analytics;

    EventEndpoint(String uri, EventComponent component, EventType type, WebhookEvents webhooks, Analytics analytics) {
        super(uri, component);
        this.type = type;
        this.webhooks = webhooks;
        this.analytics = analytics;
    }

    @Override
    protected void onExchange(Exchange exchange) throws SQLException {
        tell(exchange.getMessage().getBody(), exchange.getProperty(Refusals.DELIVERY, Delivery.class),
                exchange.getProperty(BatchTransaction.CONNECTION, Connection.class));
    }

    private void tell(Object body, Delivery delivery, Connection connection) throws SQLException {
        if (!(body instanceof Event event) || event.type() != type) {
            throw new IllegalStateException(getEndpointUri() + " takes an event of that type, and no "
                    + (body == null ? "empty body" : body.getClass().getName()));
        }
        event.tell(webhooks, delivery.decision());
        event.tell(analytics, connection, delivery.decision());
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(getEndpointUri() + " is where events go; no route begins there");
    }
}

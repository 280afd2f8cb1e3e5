package chat21.observer.out.analytics;

import java.util.List;

import com.rabbitmq.client.AMQP.BasicProperties;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.engine.publish.ConfirmedPublisher;
import chat21.observer.message.Payloads;
import chat21.observer.message.Publication;

/** The topic exchange of the analytics broker, declared with each new connection. */
final class AnalyticsBroker implements AnalyticsSender.Publisher {

    private static final BasicProperties PROPERTIES =
            new BasicProperties.Builder().deliveryMode(2).contentType("application/json").build();

    private final CachingConnectionFactory connections;
    private final ConfirmedPublisher publisher;
    private final String exchange;
    private final Payloads payloads;
    private boolean declared;

    AnalyticsBroker(CachingConnectionFactory connections, ConfirmedPublisher publisher, String exchange,
            Payloads payloads) {
        this.connections = connections;
        this.publisher = publisher;
        this.exchange = exchange;
        this.payloads = payloads;
    }

    @Override
    public void publish(List<AnalyticsEvent> events) throws Exception {
        try {
            if (!declared) {
                new RabbitAdmin(connections).declareExchange(new TopicExchange(exchange, true, false));
                declared = true;
            }
            publisher.publish(events.stream().map(this::publication).toList()).await();
        } catch (Exception e) {
            declared = false;
            throw e;
        }
    }

    private Publication publication(AnalyticsEvent event) {
        return new Publication(exchange, event.routingKey(), PROPERTIES, payloads.write(event.envelope()));
    }

    @Override
    public void close() {
        publisher.close();
        connections.destroy();
    }
}

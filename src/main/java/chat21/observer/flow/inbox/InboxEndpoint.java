package chat21.observer.flow.inbox;

import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.ProcessorEndpoint;

import chat21.observer.engine.refuse.Refusals;
import chat21.observer.message.Decision;
import chat21.observer.message.Delivery;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.Publication;
import chat21.observer.protocol.RoutingKeys;

/** Inboxes, as far as they are told of one event in one of their lists; what is told goes out when its batch is stored. */
@ManagedResource(description = "Inboxes, told of one event in one of their lists")
public final class InboxEndpoint extends ProcessorEndpoint {

    private final String event;
    private final String list;
    private final String exchange;
    private final Counter entries;

    InboxEndpoint(String uri, InboxComponent component, String event, String list, String exchange, MeterRegistry meters) {
        super(uri, component);
        this.event = event;
        this.list = list;
        this.exchange = exchange;
        entries = Counter.builder("chat21_inbox_entries").tag("event", event).tag("list", list)
                .description("Copies and news that routes put on their way into inboxes").register(meters);
    }

    /** How many copies and news have come, those of tries that failed later too. */
    @ManagedAttribute(description = "How many copies and news were put on their way into inboxes")
    public long getEntries() {
        return (long) entries.count();
    }

    @Override
    protected void onExchange(Exchange exchange) {
        put(exchange.getMessage().getBody(), exchange.getProperty(Refusals.DELIVERY, Delivery.class));
    }

    private void put(Object body, Delivery delivery) {
        if (body instanceof InboxCopy copy) {
            put(copy);
        } else if (body instanceof ToldToInboxes told) {
            told.news().forEach(news -> put(news, told.lasts(), delivery.decision()));
        } else {
            throw new IllegalStateException(getEndpointUri() + " takes copies of messages and news, and no "
                    + (body == null ? "empty body" : body.getClass().getName()));
        }
    }

    private void put(InboxCopy copy) {
        // A policy may keep it out.
        if (!copy.dropped()) {
            copy.message().delivery().decision().add(copy);
            entries.increment();
        }
    }

    private void put(News news, Duration lasts, Decision decision) {
        String routingKey = RoutingKeys.inbox(news.app(), news.owner(), list, news.about(), event);
        decision.publish(lasts == null ? Publication.json(exchange, routingKey, news.body())
                : Publication.passing(exchange, routingKey, news.body(), lasts));
        entries.increment();
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(getEndpointUri() + " is where copies and news go; no route begins there");
    }
}

package chat21.observer.testing;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.receive.AboutBody;
import chat21.observer.engine.refuse.Refusals;
import chat21.observer.flow.history.StoreReadyMessage;
import chat21.observer.flow.inbox.InboxComponent;
import chat21.observer.flow.store.BatchPart;
import chat21.observer.flow.store.Changes;
import chat21.observer.message.BatchItem;
import chat21.observer.message.Change;
import chat21.observer.message.Delivery;
import chat21.observer.out.analytics.Analytics;
import chat21.observer.out.event.EventComponent;
import chat21.observer.out.webhook.WebhookEvents;

/** The routes that store batches, and those of updates, as they stand in {@code routes/}, over beans of the test's. */
public final class StoringFlow implements AutoCloseable {

    private static final List<String> FILES = List.of("leave-to-caller", "refuse-what-fails", "refuse-change", "store-batch", "apply-change",
            "make-change", "raise-status", "merge-patch", "move-to-archive", "change-presence", "store-ready-message",
            "update-receipt", "patch-conversation", "archive-conversation", "record-presence", "deliver-ready-message",
            "persist-message");

    private final CamelContext camel = new DefaultCamelContext();
    private boolean started;

    /** Begins with events that nobody hears. */
    public StoringFlow() {
        camel.disableJMX();
        Properties settings = new Properties();
        settings.put("chat21.presence.enabled", "true");
        settings.put("chat21.step.max-redeliveries", "0");
        camel.getPropertiesComponent().setLocation("file:application.properties");
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.addComponent("inbox", new InboxComponent("amq.topic", new SimpleMeterRegistry()));
        tell(WebhookEvents.none());
        bind("changes", new Changes());
        bind("refusals", new Refusals());
        bind("isDelivered", AboutBody.is(StoreReadyMessage.class, StoreReadyMessage::isDelivered));
        bind("asksForChange", AboutBody.is(BatchPart.class, part -> part.change() != null));
        bind("changingDelivery", AboutBody.of(BatchPart.class, BatchPart::last));
        bind("changeOfPart", AboutBody.of(BatchPart.class, BatchPart::change));
        bind("changeName", AboutBody.of(Change.class, Change::name));
    }

    /** Gives the routes what they name. */
    public StoringFlow bind(String name, Object bean) {
        camel.getRegistry().bind(name, bean);
        return this;
    }

    /** Gives the routes several things that they name. */
    public StoringFlow bind(Map<String, Object> beans) {
        beans.forEach(this::bind);
        return this;
    }

    /** Lets webhooks be told of updates. */
    public StoringFlow tell(WebhookEvents events) {
        camel.removeComponent("event");
        camel.addComponent("event", new EventComponent(events, Analytics.none()));
        return this;
    }

    /** Takes an update through the route of that name, up to where its batch is stored. */
    public Delivery decide(String route, Delivery delivery) throws SQLException {
        send("direct:" + route, delivery, delivery);
        return delivery;
    }

    /** Stores a batch. */
    public Batch store(Batch batch) throws SQLException {
        send("direct:store-batch", batch, null);
        batch.items().forEach(BatchItem::markStored);
        return batch;
    }

    private void send(String uri, Object body, Delivery delivery) throws SQLException {
        start();
        Exchange exchange = camel.createFluentProducerTemplate().to(uri).withProcessor(sent -> {
            sent.getMessage().setBody(body);
            sent.setProperty(Refusals.DELIVERY, delivery);
        }).send();
        if (exchange.getException() instanceof SQLException e) {
            throw e;
        } else if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
    }

    // Late, since a test may bind what its routes name after it was made.
    private void start() {
        if (!started) {
            started = true;
            try {
                for (String file : FILES) {
                    PluginHelper.getRoutesLoader(camel).loadRoutes(
                            ResourceHelper.resolveMandatoryResource(camel, "file:routes/" + file + ".yaml"));
                }
                camel.start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        camel.stop();
    }
}

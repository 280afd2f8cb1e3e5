package chat21.observer.out.webhook;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.database.Database;
import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.broker.QueueType;
import chat21.observer.message.Deleted;
import chat21.observer.settings.ActiveQueues;
import chat21.observer.settings.Settings;

/** Builds what webhooks need, and gives the routes the parts that they name. */
public final class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    private final WebhookSettings settings;
    private final boolean deliverHere;
    private final QueueType type;
    private final WebhookEvents events;

    private Webhooks(WebhookSettings settings, boolean deliverHere, QueueType type) {
        this.settings = settings;
        this.deliverHere = deliverHere;
        this.type = type;
        this.events = settings.isOn()
                ? WebhookEvents.of(settings.events(), settings.queues(), Clock.systemUTC())
                : WebhookEvents.none();
    }

    /** Reads the settings; nothing is declared yet. */
    public static Webhooks from(Settings settings) {
        return new Webhooks(WebhookSettings.from(settings), settings.flag("chat21.webhooks.deliver"),
                QueueType.from(settings));
    }

    /** Who takes the events of the flow. */
    public WebhookEvents events() {
        return events;
    }

    /** Where events wait and where they end, by the labels of these queues; nothing while webhooks are off. */
    public Map<String, String> queues() {
        return settings.isOn() ? settings.labelledQueues() : Map.of();
    }

    /** Where events that were given up wait for an operator; empty while webhooks are off. */
    public Optional<String> deadLetters() {
        return settings.isOn() ? Optional.of(settings.deadLetters()) : Optional.empty();
    }

    /** Declares the queues if webhooks are on; also whatever of them the broker has lost. */
    public void declare(RabbitAdmin admin) {
        if (settings.isOn()) {
            new WebhookTopology(settings, type).declare(admin);
        }
    }

    /** Binds the parts, and lets the consumer start if webhooks are on and this process is to deliver them. */
    public void bind(CamelContext context, MeterRegistry meters, Connections connections, Database database,
            ActiveQueues active) {
        if (settings.isOn()) {
            settings.endpoints().forEach(e -> LOG.info("Webhook events for {} wait in {}", e.address(), e.queue()));
        }
        Clock clock = Clock.systemUTC();
        Registry registry = context.getRegistry();
        registry.bind("webhookConnections", connections.delivering());
        registry.bind("takeEvents", new TakeEvents(settings.endpoints(), new DeletedEvents(database),
                Deleted.dropped(meters, "webhook-events")));
        registry.bind("webhookPace", new EndpointPace(settings.endpoints(), settings.downPauseMs()));
        registry.bind("webhookPoster", new Poster(settings.http(), settings.retries(),
                settings.secret().isEmpty() ? null : new Signature(settings.secret()), clock));
        registry.bind("eventKeeper", new EventKeeper(settings.retries(), settings.deadLetters(),
                meters, settings.keepRefused(), clock));
        // By name: Camel would look at all that its context can do, anew for each event.
        registry.bind("isStopping", (Predicate) exchange -> exchange.getContext().isStopping());
        // Deployments of upstream name only messages and persist here and deliver webhooks all the same.
        boolean deliver = settings.isOn() && deliverHere && !active.isNone();
        if (settings.isOn() && !deliver) {
            LOG.info("This process leaves the delivery of webhooks to another one");
        }
        PropertiesComponent properties = context.getPropertiesComponent();
        ActiveQueues.tellRoutes(properties, ActiveQueues.WEBHOOKS, deliver);
        properties.addOverrideProperty("chat21.webhooks.endpoint-queues",
                settings.isOn() ? String.join(",", settings.queues()) : settings.deadLetters());
    }
}

package chat21.observer;

import java.time.Clock;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.MicrometerUtils;
import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Registry;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.block.SenderPolicy;
import chat21.observer.broker.BrokerSettings;
import chat21.observer.broker.Connections;
import chat21.observer.broker.EdgeProperties;
import chat21.observer.broker.QuickRecovery;
import chat21.observer.broker.RawBytes;
import chat21.observer.broker.Topology;
import chat21.observer.conversation.Archives;
import chat21.observer.conversation.ConversationJson;
import chat21.observer.conversation.ConversationPatches;
import chat21.observer.group.GroupUpdates;
import chat21.observer.group.Members;
import chat21.observer.health.BrokerCheck;
import chat21.observer.health.DatabaseCheck;
import chat21.observer.history.ReadyMessages;
import chat21.observer.inbox.Inboxes;
import chat21.observer.inbox.Outbox;
import chat21.observer.message.MessageIds;
import chat21.observer.message.MessageReader;
import chat21.observer.message.PayloadLimits;
import chat21.observer.message.Payloads;
import chat21.observer.metrics.Counts;
import chat21.observer.metrics.StepMeters;
import chat21.observer.presence.Presences;
import chat21.observer.publish.BatchPublisher;
import chat21.observer.publish.ConfirmedPublisher;
import chat21.observer.receipt.Receipts;
import chat21.observer.receive.Acknowledger;
import chat21.observer.receive.BatchRunner;
import chat21.observer.receive.Gatherer;
import chat21.observer.receive.RetrySettings;
import chat21.observer.receive.TakeDelivery;
import chat21.observer.refuse.DeadLetters;
import chat21.observer.refuse.Refusals;
import chat21.observer.rest.RestWiring;
import chat21.observer.settings.Settings;
import chat21.observer.store.BatchLookUp;
import chat21.observer.store.BatchStore;
import chat21.observer.store.Database;
import chat21.observer.store.DatabaseSettings;
import chat21.observer.store.FirstAttempts;
import chat21.observer.webhook.WebhookEvents;

/** Builds every object of the application from its settings, and gives the routes those that they name. */
final class Wiring extends MainListenerSupport implements CamelConfiguration {

    private Database database;
    private Connections connections;
    private BatchRunner runner;
    private Banner banner;

    @Override
    public void configure(CamelContext context) throws Exception {
        Settings settings = new Settings(context);
        Registry registry = context.getRegistry();
        banner = new Banner(settings);
        MeterRegistry meters = MicrometerUtils.getOrCreateMeterRegistry(registry,
                MicrometerConstants.METRICS_REGISTRY_NAME);

        BrokerSettings brokerSettings = new BrokerSettings(settings.required("chat21.broker.uri"));
        connections = Connections.to(brokerSettings);
        Topology topology = topology(settings);
        declare(topology, brokerSettings);
        database = openDatabase(databaseSettings(settings));
        registry.bind("databaseCheck", new DatabaseCheck(database));
        registry.bind("brokerCheck", new BrokerCheck(connections, brokerSettings));
        context.addComponent("spring-rabbitmq", rabbitComponent());

        MessageIds ids = new MessageIds(Clock.systemUTC());
        Payloads payloads = new Payloads(new PayloadLimits(
                settings.number("chat21.payload.max-bytes", 1_024, 1_048_576),
                settings.number("chat21.payload.max-depth", 4, 1_000),
                settings.number("chat21.payload.max-tokens", 100, 10_000_000)));
        Gatherer gatherer = new Gatherer(settings.number("chat21.batch.max-messages", 1, 10_000),
                settings.number("chat21.batch.max-bytes", 1_024, 256 * 1_048_576));
        long windowMs = settings.millis("chat21.redelivery.window-ms", 1_000, 600_000);
        FirstAttempts firstAttempts = new FirstAttempts(database, ids, windowMs);

        registry.bind("takeDelivery", new TakeDelivery(gatherer, ids));
        registry.bind("firstAttempts", firstAttempts);
        registry.bind("batchLookUp", new BatchLookUp(database));
        registry.bind("messageReader", new MessageReader(payloads));
        registry.bind("senderPolicy", new SenderPolicy());
        Members members = new Members(settings.number("chat21.group.max-inline-members", 1, 100_000),
                Set.copyOf(settings.list("chat21.group.trusted-senders")));
        registry.bind("members", members);
        registry.bind("inboxes", new Inboxes(members));
        registry.bind("outbox", new Outbox());
        registry.bind("refusals", new Refusals());
        WebhookEvents webhookEvents = WebhookEvents.none();
        registry.bind("webhookEvents", webhookEvents);
        bindUpdates(registry, settings, payloads, topology.exchange(), webhookEvents);
        registry.bind("batchStore", new BatchStore(database, firstAttempts));
        registry.bind("batchPublisher", new BatchPublisher(topology.exchange(),
                new DeadLetters(topology.deadLetters()), new ConfirmedPublisher(connections.publishing())));
        registry.bind("acknowledger", new Acknowledger());
        registry.bind("counts", new Counts(meters, gatherer));
        context.getManagementStrategy().addEventNotifier(new StepMeters(context, meters));

        new RestWiring(context, settings, database).start();

        ProducerTemplate template = context.createProducerTemplate();
        runner = new BatchRunner(gatherer, batch -> {
            Exchange done = template.send("direct:commit-batch", exchange -> exchange.getMessage().setBody(batch));
            return done.getException();
        }, firstAttempts, retrySettings(settings, windowMs));
    }

    private static void bindUpdates(Registry registry, Settings settings, Payloads payloads, String exchange,
            WebhookEvents events) {
        registry.bind("receipts", new Receipts(payloads, exchange, events));
        registry.bind("conversationPatches", new ConversationPatches(payloads, exchange,
                Set.copyOf(settings.list("chat21.conversation.client-fields")),
                settings.number("chat21.conversation.max-client-bytes", 64, 65_536)));
        registry.bind("archives", new Archives(payloads, new ConversationJson(payloads), exchange, events));
        registry.bind("presences", new Presences(payloads, events));
        registry.bind("groupUpdates", new GroupUpdates(payloads, exchange));
        registry.bind("readyMessages", new ReadyMessages(payloads, exchange, events));
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        runner.start();
        banner.print(System.out);
    }

    // The flow comes to rest before any route stops, so that what it took over is acknowledged and comes once.
    @Override
    public void beforeStop(BaseMainSupport main) {
        if (runner != null) {
            runner.stop();
        }
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        if (connections != null) {
            connections.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private static Topology topology(Settings settings) {
        return new Topology(settings.required("chat21.broker.exchange"), settings.required("chat21.queues.messages"),
                settings.required("chat21.queues.persist"), settings.required("chat21.queues.dead-letters"),
                settings.number("chat21.queues.dead-letters.max-length", 1, 100_000_000));
    }

    private void declare(Topology topology, BrokerSettings settings) {
        try {
            topology.declare(new RabbitAdmin(connections.consuming()));
        } catch (RuntimeException e) {
            throw new StartFailure("The broker at " + settings.address() + " cannot be used: " + innermost(e)
                    + ". Start one with bin/broker start, or set RABBITMQ_URI.", e);
        }
    }

    private static Database openDatabase(DatabaseSettings settings) {
        try {
            return Database.open(settings);
        } catch (RuntimeException e) {
            throw new StartFailure("The database " + settings.url() + " cannot be used: " + innermost(e)
                    + ". See DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD.", e);
        }
    }

    private static DatabaseSettings databaseSettings(Settings settings) {
        return new DatabaseSettings(settings.required("chat21.database.url"), settings.text("chat21.database.user"),
                settings.text("chat21.database.password"), settings.number("chat21.database.max-connections", 2, 1_000),
                settings.millis("chat21.database.connection-timeout-ms", 250, 600_000),
                settings.flag("chat21.database.sync-to-disk"));
    }

    private static RetrySettings retrySettings(Settings settings, long windowMs) {
        return new RetrySettings(settings.number("chat21.retry.max-tries", 1, 100),
                settings.millis("chat21.retry.first-pause-ms", 1, 60_000),
                settings.millis("chat21.retry.max-pause-ms", 1, 600_000), windowMs,
                settings.millis("chat21.stop-timeout-ms", 0, 600_000));
    }

    private SpringRabbitMQComponent rabbitComponent() {
        SpringRabbitMQComponent component = new SpringRabbitMQComponent();
        component.setConnectionFactory(connections.consuming());
        component.setListenerContainerFactory(new QuickRecovery());
        component.setMessageConverter(new RawBytes());
        component.setMessagePropertiesConverter(new EdgeProperties());
        component.setAutoDeclare(false);
        return component;
    }

    private static String innermost(Throwable thrown) {
        Throwable t = thrown;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        String text = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
        return text.lines().findFirst().orElse("").strip();
    }
}

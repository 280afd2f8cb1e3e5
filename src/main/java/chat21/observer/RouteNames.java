package chat21.observer;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;

import chat21.observer.database.Database;
import chat21.observer.ops.routefiles.Surroundings;
import chat21.observer.out.analytics.AnalyticsWiring;
import chat21.observer.out.webhook.Webhooks;
import chat21.observer.settings.ActiveQueues;
import chat21.observer.settings.Settings;
import chat21.observer.tls.ClientTls;

/** Everything that files of routes may name, made as for the application, but with no broker and no database to ask. */
public final class RouteNames implements AutoCloseable {

    private static final Map<String, String> ALONE = Map.of(
            "chat21.broker.uri", "amqp://guest:guest@localhost",
            "chat21.analytics.enabled", "false",
            "chat21.database.url", "jdbc:h2:mem:",
            "chat21.database.user", "chat21",
            "chat21.database.password", "");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final BrokerWiring broker;
    private final Database database;
    private final Map<String, Supplier<Component>> components = new HashMap<>();

    /** @param file where the settings are */
    public RouteNames(String file) {
        context.disableJMX();
        context.getPropertiesComponent().setLocation("file:" + file);
        Properties alone = new Properties();
        alone.putAll(new HashMap<>(ALONE));
        context.getPropertiesComponent().setOverrideProperties(alone);
        context.build();
        Settings settings = new Settings(context);
        DatabaseWiring databaseWiring = new DatabaseWiring(settings);
        database = databaseWiring.open();
        broker = new BrokerWiring(settings, ClientTls.usual(), database);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Webhooks webhooks = Webhooks.from(settings);
        FlowWiring flow = new FlowWiring(settings, context.getRegistry(), Clock.systemUTC(), broker.intake());
        flow.bindBatch(context, broker, database, databaseWiring.transactions(database), meters, webhooks.events());
        flow.bindMessage(database);
        components.put("spring-rabbitmq", broker::component);
        components.put("policy", flow.bindPolicies(broker, meters));
        ActiveQueues active = ActiveQueues.from(settings);
        List.of(ActiveQueues.MESSAGES, ActiveQueues.PERSIST)
                .forEach(queue -> active.tellRoutes(context.getPropertiesComponent(), queue));
        webhooks.bind(context, meters, broker.connections(), database, active);
        AnalyticsWiring analytics = new AnalyticsWiring(settings, ClientTls.usual(), flow.payloads(), meters);
        context.getRegistry().bind("analytics", analytics.analytics());
        flow.bindUpdates(broker.topology().exchange(), webhooks.events(), meters);
        components.putAll(FlowWiring.endpoints(broker.topology().exchange(), meters, webhooks.events(),
                analytics.analytics()));
    }

    public Surroundings surroundings() {
        return new Surroundings(context, components, FlowWiring.entrances());
    }

    @Override
    public void close() {
        context.stop();
        broker.connections().close();
        database.close();
    }
}

package chat21.observer;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;

import chat21.observer.database.Database;
import chat21.observer.database.DurableTransactions;
import chat21.observer.message.Payloads;
import chat21.observer.out.analytics.AnalyticsWiring;
import chat21.observer.out.webhook.Webhooks;
import chat21.observer.protocol.PayloadLimits;
import chat21.observer.settings.ActiveQueues;
import chat21.observer.settings.Settings;
import chat21.observer.tls.ClientTls;

/**
 * What the application does its work with, and its routes name: each is made once, after what it needs. The broker is not
 * asked for anything yet.
 */
record Parts(BrokerWiring broker, Webhooks webhooks, Payloads payloads, AnalyticsWiring analytics, FlowWiring flow) {

    static Parts of(CamelContext context, Clock clock, ClientTls tls, Database database, DurableTransactions transactions,
            MeterRegistry meters) {
        Settings settings = new Settings(context);
        ActiveQueues active = ActiveQueues.from(settings);
        active.tellRoutes(context.getPropertiesComponent(), ActiveQueues.MESSAGES);
        active.tellRoutes(context.getPropertiesComponent(), ActiveQueues.PERSIST);
        BrokerWiring broker = new BrokerWiring(settings, tls, database);
        Webhooks webhooks = Webhooks.from(settings);
        Payloads payloads = new Payloads(PayloadLimits.of(settings));
        AnalyticsWiring analytics = new AnalyticsWiring(settings, tls, payloads, meters);
        FlowWiring flow = new FlowWiring(context, clock, payloads, new FlowWiring.Outside(broker, database, transactions,
                webhooks.events(), analytics.analytics(), meters));
        webhooks.bind(context, meters, broker.connections(), database, active);
        context.getRegistry().bind("chat21", database.forRoutes(settings.number("chat21.database.route-connections")));
        return new Parts(broker, webhooks, payloads, analytics, flow);
    }

    /** What makes, by their names, the components that no library brings along. */
    Map<String, Supplier<Component>> components() {
        Map<String, Supplier<Component>> components = new HashMap<>(flow.components());
        components.put("spring-rabbitmq", broker::component);
        return components;
    }

    /** Ends what leads to others. */
    void close() {
        analytics.close();
        broker.close();
    }
}

package chat21.observer;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.MicrometerUtils;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.Model;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.Registry;

import chat21.observer.api.rest.RestWiring;
import chat21.observer.database.Database;
import chat21.observer.database.DurableTransactions;
import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.partition.TopologyWatch;
import chat21.observer.flow.policy.StepsOfPolicies;
import chat21.observer.internals.vertx.Patience;
import chat21.observer.internals.vertx.PatientHttpServer;
import chat21.observer.ops.health.BackgroundCheck;
import chat21.observer.ops.health.LivenessPage;
import chat21.observer.ops.health.ProblemCheck;
import chat21.observer.ops.jolokia.JolokiaWiring;
import chat21.observer.ops.metrics.MetricsWiring;
import chat21.observer.ops.metrics.StepMeters;
import chat21.observer.ops.routefiles.RouteFilesWiring;
import chat21.observer.ops.routefiles.Surroundings;
import chat21.observer.out.webhook.Webhooks;
import chat21.observer.settings.FreePort;
import chat21.observer.settings.LogLevel;
import chat21.observer.settings.Settings;
import chat21.observer.settings.SettingsCheck;
import chat21.observer.tls.ClientTls;

/** Builds the application from its settings, gives the routes the objects that they name, and starts and stops it all. */
final class Wiring extends MainListenerSupport implements CamelConfiguration {

    private final Clock clock;
    private final List<BackgroundCheck> checks = new ArrayList<>();
    // A signal may come while it starts.
    private volatile Database database;
    private DurableTransactions transactions;
    private Parts parts;
    private MetricsWiring metrics;
    private RouteFilesWiring routes;
    private RestWiring rest;
    private Banner banner;
    private volatile RuntimeException failure;
    private volatile boolean letsIn;
    private TopologyWatch watch;
    private long watchMs;
    private WarmUp warmUp;

    /** @param clock of the machine; what it says may jump */
    Wiring(Clock clock) {
        this.clock = clock;
    }

    /** What has to be there before Camel makes its own of it. */
    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        SettingsCheck.run(context);
        Settings settings = new Settings(context);
        PatientHttpServer.manage(context, settings.required("camel.management.host"),
                settings.number("camel.management.port"), new Patience((int) settings.millis("chat21.rest.idle-timeout-ms"),
                        settings.millis("chat21.rest.transfer-timeout-ms"), settings.number("chat21.rest.max-connections")));
    }

    @Override
    public void configure(CamelContext context) throws Exception {
        context.getCamelContextExtension().setErrorHandlerFactory(quietErrors());
        Settings settings = new Settings(context);
        LogLevel.set(settings.text("chat21.log-level"));
        Registry registry = context.getRegistry();
        MeterRegistry meters = MicrometerUtils.getOrCreateMeterRegistry(registry,
                MicrometerConstants.METRICS_REGISTRY_NAME);
        banner = new Banner(settings);
        FreePort.check("camel.management.port", "MANAGEMENT_PORT", settings.required("camel.management.host"),
                settings.number("camel.management.port"));
        JolokiaWiring.bind(context, settings);

        ClientTls tls = TlsWiring.of(settings);
        DatabaseWiring opening = new DatabaseWiring(settings);
        database = opening.open();
        transactions = opening.transactions(database);
        parts = Parts.of(context, clock, tls, database, transactions, meters);
        BrokerWiring broker = parts.broker();
        Webhooks webhooks = parts.webhooks();
        FlowWiring flow = parts.flow();
        Connections connections = broker.connections();
        check("databaseCheck", BackgroundCheck.ofDatabase(database), registry);
        broker.declare(List.of(webhooks::declare));
        check("brokerCheck", BackgroundCheck.ofBroker(connections, broker.settings().address()), registry);
        watch = broker.watch(List.of(webhooks::declare), webhooks.queues().values(), context, meters);
        registry.bind("topologyCheck", ProblemCheck.ofReadiness("topology", watch::problem));
        watchMs = settings.millis("chat21.broker.watch-interval-ms");
        registry.bind("startCheck",
                ProblemCheck.ofReadiness("start", () -> letsIn ? null : "it is still starting"));
        registry.bind("lifeCheck", ProblemCheck.ofLife(flow.runner(), broker.messages()));

        parts.components().forEach((name, component) -> context.addComponent(name, component.get()));
        context.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new StepsOfPolicies());
        metrics = new MetricsWiring(settings, meters, broker.topology(), broker.messages().names(), webhooks.queues(),
                connections);
        context.getManagementStrategy().addEventNotifier(new StepMeters(context, meters));
        routes = new RouteFilesWiring(settings,
                new Surroundings(context, parts.components(), FlowWiring.ENTRANCES, broker::missingQueue),
                flow.gate(), Set.of("takeDelivery"), flow::forgetAcknowledged);
        routes.tell(meters);
        warmUp = new WarmUp(context, parts, database, settings.millis("chat21.warm-up-ms"));
        rest = new RestWiring(context, settings, database, connections, broker.topology().exchange(), flow.ids(), meters);
        rest.start();
        PrivacyWiring.start(context, settings, database, connections, flow.ids(), webhooks.deadLetters(), meters);
    }

    private void check(String name, BackgroundCheck check, Registry registry) {
        registry.bind(name, check);
        checks.add(check);
        check.start();
    }

    // Camel would log what a route throws with its text, which may quote a message. Whoever calls the route says that it
    // failed, and how.
    private static DefaultErrorHandlerDefinition quietErrors() {
        DefaultErrorHandlerDefinition errors = new DefaultErrorHandlerDefinition();
        errors.setLevel(LoggingLevel.DEBUG.name());
        return errors;
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        try {
            letIn(main);
        } catch (RuntimeException e) {
            // Camel would log it and go on.
            failure = e;
            ((Main) main).completed();
        }
    }

    /** Why it ends as soon as it has started; null where it does not. */
    RuntimeException failure() {
        return failure;
    }

    private void letIn(BaseMainSupport main) {
        MetricsWiring.openToScrapers(main.getCamelContext());
        LivenessPage.serve(main.getCamelContext());
        routes.begin();
        warmUp.run();
        parts.flow().runner().start();
        parts.flow().start(main.getCamelContext(), parts.broker().messages());
        routes.start();
        watch.start(watchMs);
        letsIn = true;
        banner.print(System.out);
    }

    // The flow comes to rest before any route stops, so that what it took over is acknowledged and comes once.
    @Override
    public void beforeStop(BaseMainSupport main) {
        if (routes != null) {
            routes.close();
        }
        if (watch != null) {
            watch.close();
        }
        if (parts != null) {
            parts.broker().messages().close();
            parts.flow().runner().stop();
            parts.flow().finish();
        }
        if (rest != null) {
            rest.close();
        }
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        checks.forEach(BackgroundCheck::close);
        if (metrics != null) {
            metrics.close();
        }
        if (parts != null) {
            parts.close();
        }
        if (transactions != null) {
            transactions.close();
        }
        if (database != null) {
            database.close();
        }
    }

    /** Lets what a start that failed has begun come to an end, before the process ends. */
    void endTransactions() {
        if (database != null) {
            database.endTransactions();
        }
    }
}

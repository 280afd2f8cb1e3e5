package chat21.observer.ops.routefiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import javax.management.JMException;
import javax.management.ObjectName;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;

import chat21.observer.engine.batch.FlowGate;
import chat21.observer.ops.health.ProblemCheck;
import chat21.observer.settings.Settings;

/** Loads the files of routes, and follows their edits from when the application is ready until it stops. */
public final class RouteFilesWiring implements AutoCloseable {

    /** The setting that names the folder. */
    public static final String FOLDER = "chat21.routes.folder";
    private static final String LAST_GOOD = "chat21.routes.last-good-folder";

    private final CamelContext context;
    private final RouteFolder folder;
    private final RouteReload reload;
    private final ReloadReport report = new ReloadReport();
    private final FolderWatch watch;

    /**
     * @param handOver            beans that hand messages of the broker to the flow
     * @param beforeHandOverStops is called between two batches before a route with such a bean stops
     */
    public RouteFilesWiring(Settings settings, Surroundings surroundings, FlowGate gate, Set<String> handOver,
            Runnable beforeHandOverStops) {
        context = surroundings.context();
        folder = new RouteFolder(Path.of(settings.required(FOLDER)));
        reload = new RouteReload(new RouteCheck(surroundings),
                new RouteSwap(context, gate, handOver, beforeHandOverStops), report,
                new LastGood(Path.of(settings.required(LAST_GOOD)), Path.of(settings.required(FOLDER))));
        watch = new FolderWatch(folder, reload, report);
    }

    /** Lets health, metrics and JMX tell what becomes of the files; to be called before the context starts. */
    public void tell(MeterRegistry meters) {
        context.getRegistry().bind("routesReloadCheck", ProblemCheck.ofTold("routes-reload",
                () -> !report.hasBegun(), report::problem));
        Gauge.builder("chat21_routes_problems", report, r -> r.getProblems().length)
                .description("What keeps edited files of routes from being in effect").register(meters);
        FunctionCounter.builder("chat21_routes_edits", report, ReloadReport::getApplied).tag("outcome", "applied")
                .description("Edits of files of routes").register(meters);
        FunctionCounter.builder("chat21_routes_edits", report, ReloadReport::getRefused).tag("outcome", "refused")
                .description("Edits of files of routes").register(meters);
    }

    /**
     * Runs the routes; to be called when the context is started.
     *
     * @throws BrokenRoutes if the files have no flow in them, nor what last worked of them
     */
    public void begin() {
        ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
        if (agent != null) {
            try {
                agent.register(report, ObjectName.getInstance(agent.getMBeanObjectDomainName()
                        + ":context=" + context.getManagementName() + ",type=services,name=RouteEdits"));
            } catch (JMException e) {
                throw new IllegalStateException(e);
            }
        }
        try {
            reload.begin(folder.files());
        } catch (IOException e) {
            throw new BrokenRoutes("the folder " + folder + " cannot be read: " + e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins to follow edits; to be called when the application is ready. */
    public void start() {
        watch.start();
    }

    /** Follows no further edit, and returns when one that is on its way is done. */
    @Override
    public void close() {
        watch.close();
    }
}

package chat21.observer.ops.routefiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;

import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchFlow;
import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.batch.FlowGate;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.flow.policy.Policies;
import chat21.observer.flow.policy.PolicyComponent;
import chat21.observer.flow.policy.PolicySettings;

/** A folder of routes, and a Camel context that follows it as the application would, with no flow around it. */
public final class FollowedRoutes implements AutoCloseable {

    private final Path folder;
    private final CamelContext context = new DefaultCamelContext();
    private final Set<String> entrances;
    private final Policies policies = new Policies(new SimpleMeterRegistry());
    private final ReloadReport report = new ReloadReport();
    private final RouteReload reload;

    /** @param home where the folder lies, and what last worked of it */
    public FollowedRoutes(Path home) {
        this(home, new String[0]);
    }

    /** @param entrances the routes that the application itself calls */
    FollowedRoutes(Path home, String... entrances) {
        folder = home.resolve("routes");
        create(folder);
        this.entrances = Set.of(entrances);
        Surroundings surroundings = surroundings(context);
        FlowGate gate = new FlowGate(new NoFlow(), new BatchQueue(1, 1, 0, new LargeGroups(1)));
        reload = new RouteReload(new RouteCheck(surroundings), new RouteSwap(context, gate, Set.of(), () -> { }), report,
                new LastGood(home.resolve("last-good"), folder));
        context.start();
    }

    private Surroundings surroundings(CamelContext camel) {
        camel.disableJMX();
        camel.getPropertiesComponent().setLocation("file:application.properties");
        camel.addComponent("policy", policies());
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:routes;DB_CLOSE_DELAY=-1");
        camel.getRegistry().bind("chat21", database);
        return new Surroundings(camel, Map.of("policy", this::policies), entrances);
    }

    private PolicyComponent policies() {
        return new PolicyComponent(policies, new PolicySettings(60_000, false, true, 10, 1_000, 1_000, 10, 10_000), null);
    }

    private record NoFlow() implements BatchFlow {
        @Override
        public Exception commit(Batch batch) {
            return null;
        }

        @Override
        public Exception acknowledge(Batch batch) {
            return null;
        }
    }

    /** Writes a file of the folder. */
    public FollowedRoutes put(String file, String text) {
        return put(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    FollowedRoutes put(String file, byte[] bytes) {
        try {
            create(folder.resolve(file).getParent());
            Files.write(folder.resolve(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Finds integrators' classes there. */
    FollowedRoutes classes(ClassLoader loader) {
        context.setApplicationContextClassLoader(loader);
        return this;
    }

    FollowedRoutes remove(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Starts with the files as they are. */
    public FollowedRoutes begin() throws Exception {
        reload.begin(new RouteFolder(folder).files());
        return this;
    }

    /** Follows the files as they are now. */
    FollowedRoutes follow() throws IOException, TimeoutException {
        reload.follow(new RouteFolder(folder).sources());
        return this;
    }

    FolderWatch watch() {
        return new FolderWatch(new RouteFolder(folder), reload, report);
    }

    /** What is reported, without the folder's name. */
    public List<String> problems() {
        return Arrays.stream(report.getProblems()).map(problem -> problem.replace(folder + "/", "")).toList();
    }

    /** What the check says of the files as they are now, where nothing runs. */
    List<String> checked() throws IOException {
        CamelContext alone = new DefaultCamelContext();
        alone.setApplicationContextClassLoader(context.getApplicationContextClassLoader());
        Surroundings around = surroundings(alone);
        alone.build();
        return new RouteCheck(around).problems(new RouteFolder(folder).files().values()).stream()
                .map(problem -> problem.toString().replace(folder + "/", "")).toList();
    }

    ReloadReport report() {
        return report;
    }

    Path folder() {
        return folder;
    }

    CamelContext context() {
        return context;
    }

    /** Fails unless exactly these routes run. */
    void assertRunning(String... routes) {
        assertThat(context.getRoutes()).extracting(route -> route.getRouteId()).containsExactlyInAnyOrder(routes);
        assertThat(routes).allSatisfy(route ->
                assertThat(context.getRouteController().getRouteStatus(route).isStarted()).as(route).isTrue());
    }

    @Override
    public void close() {
        context.stop();
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package chat21.observer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A target with its own broker, both started here (unless it ran already), and the load on it. */
final class RunningTarget implements Subject, AutoCloseable {

    private final Target target;
    private final Map<String, String> settings;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Child> children = new ArrayList<>();
    private Broker broker;
    private Store store;
    private Load load;
    private StartUp startUp;
    private boolean closed;
    private int run;
    private int restPort;

    RunningTarget(Target target) {
        this(target, Map.of());
    }

    /** @param settings of its own, as environment variables */
    RunningTarget(Target target, Map<String, String> settings) {
        this.target = target;
        this.settings = settings;
    }

    /** Makes its database, and fills it if its set-up says so. */
    void prepare(Surroundings around) {
        store = opened(Store.in(data(around), target.setup(), around.population()));
    }

    /** Starts broker, load and system; what has been started is there to be closed, even if the rest fails. */
    void start(Surroundings around) throws IOException, InterruptedException {
        if (target.kind() == Target.Kind.EXTERNAL) {
            load = opened(new Load(target.detail()));
            Readiness.awaitMessage(load, nextRun(), () -> { });
            startUp = new StartUp(name(), null, null);
            return;
        }
        Path data = data(around);
        // To be closed even if the start is broken off: its node may be there already.
        broker = opened(Broker.in(around.root(), data.resolve("broker"), log(around, "-broker"), around.ports()));
        broker.start();
        load = opened(new Load(broker.uri()));
        startSystem(around, data);
    }

    /** Starts an observer, and says how long that took. */
    void startTelling(Surroundings around) throws IOException, InterruptedException {
        Progress.begin("start " + name());
        start(around);
        Progress.end(Figures.number(startUp.readyMillis()) + " ms until ready");
    }

    private void startSystem(Surroundings around, Path data) throws IOException {
        long start = System.nanoTime();
        List<Integer> managementPorts = new ArrayList<>();
        for (int node = 0; node < target.setup().processes(); node++) {
            managementPorts.add(startNode(around, data, node));
        }
        Long ready = null;
        if (target.kind() == Target.Kind.OBSERVER) {
            for (int node = 0; node < managementPorts.size(); node++) {
                Readiness.awaitHealth(children.get(node), managementPorts.get(node));
            }
            ready = millisSince(start);
        }
        Readiness.awaitMessage(load, nextRun(), this::checkChildren);
        startUp = new StartUp(name(), ready, millisSince(start));
    }

    private int startNode(Surroundings around, Path data, int node) throws IOException {
        int managementPort = around.ports().next();
        restPort = around.ports().next();
        Map<String, String> environment = new HashMap<>(store.environment());
        environment.putAll(Map.of(
                "RABBITMQ_URI", broker.uri(),
                "JWT_KEY", Broker.JWT_KEY,
                "REST_PORT", String.valueOf(restPort),
                "MANAGEMENT_PORT", String.valueOf(managementPort),
                // The largest groups of the load come with their messages, beyond what the observer takes by default.
                "GROUP_MAX_INLINE_MEMBERS", String.valueOf(Phase.MOST_MEMBERS)));
        if (target.setup().nodes() > 0) {
            environment.put("PARTITIONS", String.valueOf(Setup.PARTITIONS));
        }
        if (!target.setup().without().isEmpty()) {
            Path routes = data.resolve("routes");
            RoutesWithout.copy(around.root().resolve("routes"), routes, target.setup().without());
            environment.put("ROUTES_DIR", routes.toString());
        }
        environment.putAll(settings);
        Child child = opened(Child.start(target.commandLine(around.root(), around.observerOptions()), around.root(),
                environment, log(around, node == 0 ? "" : "-" + (node + 1))));
        children.add(child);
        child.note(data.resolve("node-" + node + RunFolder.NOTE));
        return managementPort;
    }

    /** Where the REST API of an observer listens, of several the last one's. */
    int restPort() {
        return restPort;
    }

    StartUp startUp() {
        return startUp;
    }

    /** Fails if a part of it has ended by itself. */
    void check() {
        load.check();
        checkChildren();
    }

    private void checkChildren() {
        children.forEach(Child::check);
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public Load load() {
        return load;
    }

    @Override
    public int nextRun() {
        return ++run;
    }

    @Override
    public ProcessorTime processorTime() {
        return ProcessorTime.read(broker == null ? 0 : broker.pid(), children.stream().map(Child::pid).toList(),
                store == null ? 0 : store.pid());
    }

    @Override
    public OptionalLong residentMegabytes() {
        return children.stream().map(child -> Procfs.treeMegabytes(child.pid())).filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong).max();
    }

    @Override
    public void close() {
        synchronized (parts) {
            closed = true;
            while (!parts.isEmpty()) {
                try {
                    parts.pop().close();
                } catch (Exception e) {
                    System.err.println("A part of " + name() + " was not stopped: " + e.getMessage());
                }
            }
        }
    }

    /** Keeps a part to be closed; at once, if the benchmark has been broken off meanwhile. */
    private <T extends AutoCloseable> T opened(T part) {
        boolean late;
        synchronized (parts) {
            parts.push(part);
            late = closed;
        }
        if (late) {
            close();
            throw new IllegalStateException("broken off");
        }
        return part;
    }

    private Path data(Surroundings around) {
        return around.folder().resolve(target.fileName());
    }

    private Path log(Surroundings around, String suffix) {
        return around.logs().resolve(target.fileName() + suffix + ".log");
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}

package chat21.observer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A target with its own broker, both started here (unless it ran already), and the load on it. */
final class RunningTarget implements Subject, AutoCloseable {

    private final Target target;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Broker broker;
    private Child child;
    private Load load;
    private StartUp startUp;
    private boolean closed;
    private int run;
    private int restPort;

    RunningTarget(Target target) {
        this.target = target;
    }

    /** Starts broker, load and system; what has been started is there to be closed, even if the rest fails. */
    void start(Surroundings around) throws IOException, InterruptedException {
        if (target.kind() == Target.Kind.EXTERNAL) {
            load = opened(new Load(target.detail()));
            Readiness.awaitMessage(load, nextRun(), () -> { });
            startUp = new StartUp(name(), null, null);
            return;
        }
        Path data = around.folder().resolve(target.fileName());
        // To be closed even if the start is broken off: its node may be there already.
        broker = opened(Broker.in(around.root(), data.resolve("broker"), log(around, "-broker"), around.ports()));
        broker.start();
        load = opened(new Load(broker.uri()));
        startSystem(around, data);
    }

    private void startSystem(Surroundings around, Path data) throws IOException {
        int managementPort = around.ports().next();
        restPort = around.ports().next();
        Map<String, String> environment = new HashMap<>(Map.of(
                "RABBITMQ_URI", broker.uri(),
                "DATABASE_URL", databaseUrl(data),
                "REST_PORT", String.valueOf(restPort),
                "MANAGEMENT_PORT", String.valueOf(managementPort),
                // The largest groups of the load come with their messages, beyond what the observer takes by default.
                "GROUP_MAX_INLINE_MEMBERS", String.valueOf(Phase.MOST_MEMBERS)));
        if (target.kind() == Target.Kind.OBSERVER && !target.detail().isEmpty()) {
            Path routes = data.resolve("routes");
            RoutesWithout.copy(around.root().resolve("routes"), routes, target.detail());
            environment.put("ROUTES_DIR", routes.toString());
        }
        long start = System.nanoTime();
        child = opened(Child.start(target.commandLine(around.root(), around.observerOptions()), around.root(),
                environment, log(around, "")));
        child.note(data.resolve(RunFolder.NOTE));
        Long ready = null;
        if (target.kind() == Target.Kind.OBSERVER) {
            Readiness.awaitHealth(child, managementPort);
            ready = millisSince(start);
        }
        Readiness.awaitMessage(load, nextRun(), child::check);
        startUp = new StartUp(name(), ready, millisSince(start));
    }

    /** Where a system stores whose data are in a folder. */
    static String databaseUrl(Path data) {
        return "jdbc:h2:file:" + data.resolve("database/chat21");
    }

    /** Where the observer's REST API listens. */
    int restPort() {
        return restPort;
    }

    StartUp startUp() {
        return startUp;
    }

    /** Fails if a part of it has ended by itself. */
    void check() {
        load.check();
        if (child != null) {
            child.check();
        }
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
        return ProcessorTime.read(broker == null ? 0 : broker.pid(), child == null ? 0 : child.pid());
    }

    @Override
    public OptionalLong residentMegabytes() {
        return child == null ? OptionalLong.empty() : Procfs.treeMegabytes(child.pid());
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

    private Path log(Surroundings around, String suffix) {
        return around.logs().resolve(target.fileName() + suffix + ".log");
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}

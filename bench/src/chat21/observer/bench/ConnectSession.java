package chat21.observer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A broker with an observer, for clients that come: the broker asks the gate, or looks at tokens itself. */
final class ConnectSession implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Surroundings around;
    private final boolean gate;
    private final Newcomers newcomers = new Newcomers();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Thread onInterrupt = new Thread(this::stop, "bench stop connects");
    private final int gatePort;
    private Broker broker;

    ConnectSession(Surroundings around, boolean gate) {
        this.around = around;
        this.gate = gate;
        this.gatePort = around.ports().next();
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    void start() throws IOException, InterruptedException {
        Watchdog.start(LIMIT);
        Progress.begin("start " + system());
        Path data = Files.createDirectories(around.folder().resolve(gate ? "gate" : "oauth2"));
        Path log = around.logs().resolve(data.getFileName() + ".log");
        broker = Broker.in(around.root(), data.resolve("broker"), around.logs().resolve(data.getFileName() + "-broker.log"),
                around.ports(), gate ? gatePort : 0);
        parts.push(broker);
        broker.start();
        int managementPort = around.ports().next();
        Child observer = Child.start(Target.parse("observer").commandLine(around.root(), around.observerOptions()),
                around.root(), Map.of("RABBITMQ_URI", broker.uri(), "JWT_KEY", Broker.JWT_KEY,
                        "DATABASE_URL", "jdbc:h2:file:" + data.resolve("database/chat21"), "GATE_ENABLED", String.valueOf(gate),
                        "GATE_PORT", String.valueOf(gatePort), "REST_PORT", String.valueOf(around.ports().next()),
                        "MANAGEMENT_PORT", String.valueOf(managementPort)), log);
        parts.push(observer);
        observer.note(data.resolve("node-0" + RunFolder.NOTE));
        Readiness.awaitHealth(observer, managementPort);
        Progress.end("ready");
    }

    /** What a load comes to here; nothing where it is for the gate alone and the broker asks none. */
    List<ConnectMeasurement> measure(ConnectLoad load, Timing timing) throws IOException, InterruptedException {
        if (load.kind() == ConnectLoad.Kind.CONNECTS && !gate) {
            return List.of();
        }
        Progress.begin(load + ": " + system());
        List<ConnectMeasurement> measured = new ArrayList<>();
        MqttLogins logins = new MqttLogins(system(), broker, newcomers);
        switch (load.kind()) {
            case CONNECTS -> {
                try (GateQuestions questions = new GateQuestions(gatePort, newcomers)) {
                    measured.addAll(questions.run(load, timing));
                }
            }
            case LOGINS -> measured.add(logins.steady(load, timing));
            case STORM -> measured.add(logins.storm(load));
            default -> throw new IllegalStateException(load.toString());
        }
        Progress.end("p99 " + String.join(", ", measured.stream()
                .map(each -> Figures.number(each.latency().p99()) + " ms " + each.what()).toList()));
        return measured;
    }

    String broker() throws IOException {
        try (Load load = new Load(broker.uri())) {
            return load.broker();
        }
    }

    private String system() {
        return gate ? "gate" : "OAuth 2";
    }

    private void stop() {
        synchronized (parts) {
            while (!parts.isEmpty()) {
                try {
                    parts.pop().close();
                } catch (Exception e) {
                    System.err.println("A part of " + system() + " was not stopped: " + e.getMessage());
                }
            }
        }
        RunFolder.delete(around.folder());
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }
}

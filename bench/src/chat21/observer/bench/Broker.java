package chat21.observer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A private RabbitMQ, started and stopped by {@code bin/broker}. */
final class Broker implements AutoCloseable {

    /** The key that it checks tokens against. */
    static final String JWT_KEY = "the key of benchmarks, which has over 32 bytes";

    private static final int START_SECONDS = 180;
    private static final int STOP_SECONDS = 60;
    private static final List<String> PORTS = List.of("BROKER_MQTT_PORT", "BROKER_WS_PORT", "BROKER_MANAGEMENT_PORT",
            "BROKER_METRICS_PORT", "BROKER_DIST_PORT", "BROKER_EPMD_PORT");

    private final Path root;
    private final Path data;
    private final Path log;
    private final Map<String, String> environment;

    private Broker(Path root, Path data, Path log, Map<String, String> environment) {
        this.root = root;
        this.data = data;
        this.log = log;
        this.environment = environment;
    }

    /** With its data in a folder, and on ports of its own; not started yet. */
    static Broker in(Path root, Path data, Path log, Ports ports) {
        // The relay that the observer is compared with answers no questions.
        return in(root, data, log, ports, 0);
    }

    /** One that asks the gate at a port; none if it is 0. */
    static Broker in(Path root, Path data, Path log, Ports ports, int gatePort) {
        Map<String, String> environment = new HashMap<>();
        PORTS.forEach(name -> environment.put(name, String.valueOf(ports.next())));
        String amqp = String.valueOf(ports.next());
        environment.put("BROKER_AMQP_PORT", amqp);
        environment.put("RABBITMQ_URI", "amqp://guest:guest@127.0.0.1:" + amqp);
        environment.put("BROKER_DATA", data.toString());
        environment.put("GATE_ENABLED", String.valueOf(gatePort != 0));
        environment.put("GATE_PORT", String.valueOf(gatePort));
        environment.put("JWT_KEY", JWT_KEY);
        return new Broker(root, data, log, environment);
    }

    void start() throws IOException, InterruptedException {
        run("start", START_SECONDS);
    }

    /** Ends it as a crash would, and brings it back with its data. */
    void restart() throws IOException, InterruptedException {
        run("kill", STOP_SECONDS);
        run("start", START_SECONDS);
    }

    int mqttPort() {
        return Integer.parseInt(environment.get("BROKER_MQTT_PORT"));
    }

    /** Ends what an earlier benchmark left behind, if anything. */
    static void stop(Path root, Path data, Path log) {
        new Broker(root, data, log, Map.of("BROKER_DATA", data.toString())).close();
    }

    String uri() {
        return environment.get("RABBITMQ_URI");
    }

    /** Its process, or 0 where it is not known, as with a container. */
    long pid() {
        try {
            return Long.parseLong(Files.readString(data.resolve("pid")).strip());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            run("stop", STOP_SECONDS);
        } catch (IOException | InterruptedException | RuntimeException e) {
            System.err.println("The broker of " + data + " was not stopped: " + e.getMessage());
        }
    }

    private void run(String command, int seconds) throws IOException, InterruptedException {
        Child.start(List.of(root.resolve("bin/broker").toString(), command), root, environment, log).succeed(seconds);
    }
}

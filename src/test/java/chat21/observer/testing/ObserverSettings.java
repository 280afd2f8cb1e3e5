package chat21.observer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What keeps an observer under test apart from all others: queues, ports and a database of its own. Each setting is
 * known by its property and by the environment variable of {@code application.properties}.
 */
public final class ObserverSettings {

    private final String name = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private final Path folder = Path.of("target/test-observers").toAbsolutePath().resolve(name);
    private final int managementPort = Ports.free();
    private final int restPort = Ports.free();
    private final TestBroker broker;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private TestDatabase database;
    private String queues = name;
    private Clock clock = Clock.systemUTC();
    private List<String> jvmOptions = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private ObserverSettings(TestBroker broker) {
        this.broker = broker;
        set("chat21.broker.uri", "RABBITMQ_URI", broker.amqpUri());
        set("chat21.jwt-key-file", "JWT_KEY_FILE", folder.resolve("jwt.key").toString());
        set("chat21.queues.messages", "QUEUE_MESSAGES", messagesQueue());
        set("chat21.queues.persist", "QUEUE_PERSIST", persistQueue());
        set("chat21.queues.dead-letters", "QUEUE_DEAD_LETTERS", deadLettersQueue());
        set("camel.management.port", "MANAGEMENT_PORT", String.valueOf(managementPort));
        set("chat21.rest.port", "REST_PORT", String.valueOf(restPort));
        set("chat21.routes.last-good-folder", "ROUTES_LAST_GOOD_DIR", folder.resolve("last-good").toString());
        set("chat21.gate.enabled", "GATE_ENABLED", "false");
        // What was taken over is finished on a busy machine too.
        String stop = String.valueOf(Patience.seconds(20).toMillis());
        set("chat21.stop-timeout-ms", "STOP_TIMEOUT_MS", stop);
        // No test waits for it that is not about it.
        set("chat21.warm-up-ms", "WARM_UP_MS", "0");
        database(TestDatabase.h2In(folder));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("jwt.key"), TestBroker.JWT_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An observer at this broker, with a new H2 file unless it is said otherwise. */
    public static ObserverSettings at(TestBroker broker) {
        return new ObserverSettings(broker);
    }

    /** Another node with the same queues, database and settings, and ports of its own. */
    public ObserverSettings anotherNode() {
        ObserverSettings other = new ObserverSettings(broker);
        Map<String, String> ports = new LinkedHashMap<>(other.properties);
        ports.keySet().retainAll(List.of("camel.management.port", "chat21.rest.port"));
        Map<String, String> portVariables = new LinkedHashMap<>(other.environment);
        portVariables.keySet().retainAll(List.of("MANAGEMENT_PORT", "REST_PORT"));
        other.queues = queues;
        other.database = database;
        other.properties.putAll(properties);
        other.properties.putAll(ports);
        other.environment.putAll(environment);
        other.environment.putAll(portVariables);
        return other;
    }

    /** Stores in this database. */
    public ObserverSettings database(TestDatabase other) {
        this.database = other;
        set("chat21.database.url", "DATABASE_URL", other.url());
        set("chat21.database.user", "DATABASE_USER", other.user());
        return set("chat21.database.password", "DATABASE_PASSWORD", other.password());
    }

    /** Changes a setting, known by its property and its environment variable. */
    public ObserverSettings set(String property, String variable, String value) {
        properties.put(property, value);
        environment.put(variable, value);
        return this;
    }

    /** Changes a setting of an observer in the JVM of the test. */
    public ObserverSettings set(String property, String value) {
        properties.put(property, value);
        return this;
    }

    /** Runs a copy of the files of {@code routes/}, in the folder that is returned. */
    public Path ownRoutes() {
        Path routes = RouteFiles.copyTo(folder.resolve("routes"));
        set("chat21.routes.folder", "ROUTES_DIR", routes.toString());
        return routes;
    }

    /** Asks this clock for the time of messages, in the JVM of the test. */
    public ObserverSettings clock(Clock other) {
        clock = other;
        return this;
    }

    /** Runs a process as {@code bin/run} does, to measure it: with its heap, and compiled in full. */
    public ObserverSettings asInProduction() {
        jvmOptions = List.of("@" + Path.of("bin/java.options").toAbsolutePath());
        return this;
    }

    /** Begins an observer in this JVM and returns when it is ready. */
    public TestObserver startHere() {
        return TestObserver.start(this);
    }

    /** Begins an observer in a process of its own, without waiting for it. */
    public ObserverProcess startProcess() {
        return ObserverProcess.start(this);
    }

    public TestBroker broker() {
        return broker;
    }

    public TestDatabase database() {
        return database;
    }

    public int managementPort() {
        return managementPort;
    }

    public int restPort() {
        return restPort;
    }

    public String messagesQueue() {
        return queues + "-messages";
    }

    public String persistQueue() {
        return queues + "-persist";
    }

    public String deadLettersQueue() {
        return queues + "-dead-letters";
    }

    /** Removes its queues, which would otherwise fill with what other tests send. */
    public void removeQueues(AmqpClient amqp) {
        List.of(messagesQueue(), persistQueue(), deadLettersQueue()).forEach(amqp::delete);
        if (properties.containsKey("chat21.partitions")) {
            IntStream.range(0, 16).forEach(k -> amqp.delete(messagesQueue() + "." + k));
            List.of(".partitions", ".changing", ".gathering").forEach(e -> amqp.deleteExchange(messagesQueue() + e));
        }
    }

    /** A folder of its own, for logs and data. */
    public Path folder() {
        return folder;
    }

    Clock clock() {
        return clock;
    }

    List<String> jvmOptions() {
        return jvmOptions;
    }

    Map<String, String> properties() {
        return properties;
    }

    /** What a process of it is told. */
    public Map<String, String> environment() {
        return environment;
    }
}

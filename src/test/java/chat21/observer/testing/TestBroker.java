package chat21.observer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import chat21.observer.tls.OwnCertificate;

/** A real RabbitMQ for a test, on free ports and with a data folder of its own, which goes when the JVM ends. */
public final class TestBroker implements AutoCloseable {
    /** The key that this broker checks tokens against. */
    public static final String JWT_KEY = "the key of tests, which has over 32 bytes";

    private static final int TRIES = 3;
    private static final long START_SECONDS = 180;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static TestBroker shared;
    private static TestBroker encrypted;

    private final Path root = projectRoot();
    private final Path data;
    private Map<String, String> settings = Map.of();
    private boolean down;
    private boolean closed;

    private TestBroker() {
        Path folder = root.resolve("target/test-brokers");
        endThoseOfEndedJvms(folder);
        data = folder.resolve(ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-" + data.getFileName()));
    }

    /**
     * Returns the broker that the tests of this JVM share, started when it is first asked for. A test may kill or stop it and
     * restart it; if it fails in between, the next one finds the broker running all the same.
     */
    public static synchronized TestBroker shared() {
        if (shared == null) {
            shared = start();
        } else if (shared.down) {
            shared.restart();
        }
        return shared;
    }

    /** Starts a broker for one test alone, to be closed by it. */
    public static TestBroker start() {
        return start(Map.of("GATE_ENABLED", "false"));
    }

    /** Starts a broker for one test alone that asks the observer at this port who may do what. */
    public static TestBroker askingTheGateAt(int port) {
        return start(Map.of("GATE_ENABLED", "true", "GATE_PORT", String.valueOf(port)));
    }

    /**
     * Returns the broker with TLS listeners that the tests of this JVM share. Its user is one that no stranger guesses, since
     * through a proxy on this machine everybody comes from this machine.
     */
    public static synchronized TestBroker encrypted() {
        if (encrypted == null) {
            encrypted = start(Map.of("GATE_ENABLED", "false", "BROKER_TLS", "true"));
        }
        return encrypted;
    }

    private static TestBroker start(Map<String, String> more) {
        TestBroker broker = new TestBroker();
        for (int attempt = 1; ; attempt++) {
            broker.settings = newSettings(broker.data);
            broker.settings.putAll(more);
            if (more.containsKey("BROKER_TLS")) {
                broker.settings.compute("RABBITMQ_URI", (name, uri) -> uri.replace("guest:guest", "chat21:long-and-random"));
            }
            Outcome outcome = broker.run("start", START_SECONDS);
            if (outcome.exitCode() == 0) {
                return broker;
            }
            // Somebody else took one of the ports between our look and the broker's.
            if (attempt == TRIES || !outcome.output().contains("in use")) {
                broker.close();
                throw new IllegalStateException("bin/broker start failed: " + outcome.output());
            }
        }
    }

    /** Returns the address for AMQP clients, with user and password. */
    public String amqpUri() {
        return settings.get("RABBITMQ_URI");
    }

    /** Returns the port for AMQP. */
    public int amqpPort() {
        return port("BROKER_AMQP_PORT");
    }

    /** Returns the address for AMQP clients that use TLS. */
    public String amqpsUri() {
        return amqpUri().replaceFirst("^amqp:", "amqps:").replaceFirst("@.*", "@localhost:" + port("BROKER_AMQPS_PORT"));
    }

    /** Returns the port for MQTT with TLS. */
    public int mqttsPort() {
        return port("BROKER_MQTTS_PORT");
    }

    /** Returns the port for MQTT over WebSocket with TLS; the path is /ws. */
    public int wssPort() {
        return port("BROKER_WSS_PORT");
    }

    /** Returns the authority that this broker made for itself. */
    public TestAuthority authority() {
        return TestAuthority.in(data.resolve("tls"));
    }

    /** Shows this certificate to whoever connects from now on. */
    public void show(OwnCertificate certificate) {
        try {
            Files.copy(certificate.certificate(), data.resolve("tls/server.pem"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(certificate.key(), data.resolve("tls/server.key"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // It would look itself, every other minute.
        control("eval", "ssl:clear_pem_cache().");
    }

    /** Returns the port for MQTT over TCP. */
    public int mqttPort() {
        return port("BROKER_MQTT_PORT");
    }

    /** Returns the port for MQTT over WebSocket; the path is /ws. */
    public int wsPort() {
        return port("BROKER_WS_PORT");
    }

    /** Returns the port of the management API; user and password are guest. */
    public int managementPort() {
        return port("BROKER_MANAGEMENT_PORT");
    }

    /** Returns the port where Prometheus reads. */
    public int metricsPort() {
        return port("BROKER_METRICS_PORT");
    }

    /** Ends the broker as a crash would, with kill -9. */
    public synchronized void kill() {
        down = true;
        expectSuccess("kill");
    }

    /** Starts the killed or stopped broker again, on the same ports and with the same data. */
    public synchronized void restart() {
        expectSuccess("start");
        down = false;
    }

    /** Ends the broker in good order; {@link #restart()} brings it back. */
    public synchronized void stop() {
        down = true;
        expectSuccess("stop");
    }

    /** Runs rabbitmqctl on the broker, and returns what it prints. */
    public String control(String... command) {
        List<String> all = new ArrayList<>(List.of("ctl"));
        all.addAll(List.of(command));
        Outcome outcome = run(root, data, settings, all, START_SECONDS);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException("rabbitmqctl failed: " + outcome.output());
        }
        return outcome.output();
    }

    /** Ends the broker for good and removes its data. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // Its data go, so it need not take the time for an orderly end.
        run("kill", 60);
        remove(data, run("stop", 60));
    }

    private int port(String name) {
        return Integer.parseInt(settings.get(name));
    }

    private void expectSuccess(String command) {
        Outcome outcome = run(command, START_SECONDS);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException("bin/broker " + command + " failed: " + outcome.output());
        }
    }

    private Outcome run(String command, long seconds) {
        return run(root, data, settings, List.of(command), seconds);
    }

    private static Outcome run(Path root, Path data, Map<String, String> settings, List<String> command,
            long seconds) {
        try {
            Files.createDirectories(data);
            Path output = data.resolve("command.log");
            List<String> all = new ArrayList<>(List.of(root.resolve("bin/broker").toString()));
            all.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(all)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("BROKER_DATA", data.toString());
            builder.environment().putAll(settings);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(Patience.seconds(seconds).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Outcome(-1, "no end after " + seconds + " s; " + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output).trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while bin/broker " + command + " ran.", e);
        }
    }

    /** A JVM that was killed had no time to stop its brokers; their folders are named after it. */
    private void endThoseOfEndedJvms(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> found = Files.list(folder)) {
            for (Path left : found.toList()) {
                String owner = left.getFileName().toString().replaceFirst("-.*", "");
                if (owner.matches("[0-9]{1,9}") && ProcessHandle.of(Long.parseLong(owner)).isEmpty()) {
                    remove(left, run(root, left, Map.of(), List.of("stop"), 60));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves the folder of a broker that would not stop, since it says which process to look for. */
    private static void remove(Path data, Outcome stopped) {
        if (stopped.exitCode() != 0) {
            System.err.println("A test's broker did not stop: " + stopped.output());
            return;
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("The data of a test's broker could not be removed: " + e);
        }
    }

    private static Map<String, String> newSettings(Path data) {
        List<Integer> ports = Stream.generate(Ports::free).limit(8).toList();
        Map<String, String> settings = new HashMap<>();
        settings.put("BROKER_DATA", data.toString());
        settings.put("JWT_KEY", JWT_KEY);
        settings.put("RABBITMQ_URI", "amqp://guest:guest@127.0.0.1:" + ports.get(0));
        settings.put("BROKER_AMQP_PORT", ports.get(0).toString());
        settings.put("BROKER_MQTT_PORT", ports.get(1).toString());
        settings.put("BROKER_WS_PORT", ports.get(2).toString());
        settings.put("BROKER_MANAGEMENT_PORT", ports.get(3).toString());
        settings.put("BROKER_METRICS_PORT", ports.get(4).toString());
        settings.put("BROKER_AMQPS_PORT", ports.get(5).toString());
        settings.put("BROKER_MQTTS_PORT", ports.get(6).toString());
        settings.put("BROKER_WSS_PORT", ports.get(7).toString());
        // Empty means: any free one, whatever the tests' own environment says.
        settings.put("BROKER_DIST_PORT", "");
        settings.put("BROKER_EPMD_PORT", "");
        return settings;
    }

    private static Path projectRoot() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("No pom.xml is found in or above the working directory.");
    }

    private record Outcome(int exitCode, String output) {
    }
}

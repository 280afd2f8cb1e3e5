package chat21.observer.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;

/** A RabbitMQ of the cluster, with the configuration that the project ships for one. */
final class BrokerNode {

    static final String USER = "chat21";
    static final String PASSWORD = "long-and-random";
    static final int AMQP = 5672;
    static final int MQTT = 1883;
    static final int MANAGEMENT = 15672;

    private static final Path PACKAGES = Path.of("/usr/lib/rabbitmq/lib");

    private final Host host;
    private final Path folder;
    private final Path log;
    private Process process;

    /** @param cluster the hosts of all nodes of its cluster */
    BrokerNode(Host host, List<Host> cluster, Path folder, Path logs) {
        this.host = host;
        this.folder = folder.resolve(host.name());
        this.log = logs.resolve(host.name() + ".log");
        try {
            configure(cluster);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scripts of the RabbitMQ to use, the installed one unless the environment names another; null if there is none. */
    static Path scripts() {
        String given = System.getenv("RABBITMQ_SBIN");
        if (given != null) {
            return Path.of(given);
        }
        if (!Files.isDirectory(PACKAGES)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            return versions.map(version -> version.resolve("sbin")).filter(Files::isDirectory)
                    .max(Comparator.naturalOrder()).orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The release of that RabbitMQ. */
    static String release() {
        return System.getProperty("broker.version",
                scripts().getParent().getFileName().toString().replaceFirst("^rabbitmq_server-", ""));
    }

    /** Whether that release loses nothing with a node and comes back by itself; the third did not. */
    static boolean isKeepingAll() {
        return scripts() != null && !release().startsWith("3.");
    }

    private void configure(List<Host> cluster) throws IOException {
        for (String each : List.of("home", "log", "mnesia", "run", "etc")) {
            Files.createDirectories(folder.resolve(each));
        }
        Path cookie = Files.writeString(folder.resolve("home/.erlang.cookie"), "cluster");
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
        ProcessBuilder configure = new ProcessBuilder(Path.of("bin/broker").toAbsolutePath().toString(), "configure",
                folder.resolve("etc").toString(), "cluster").inheritIO();
        configure.environment().putAll(Map.of("RABBITMQ_URI", "amqp://" + USER + ":" + PASSWORD + "@localhost:" + AMQP,
                "JWT_KEY", TestBroker.JWT_KEY, "GATE_ENABLED", "false"));
        try {
            if (configure.start().waitFor() != 0) {
                throw new IllegalStateException("bin/broker configure failed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        StringBuilder peers = new StringBuilder("\ncluster_formation.peer_discovery_backend = classic_config\n");
        for (int i = 0; i < cluster.size(); i++) {
            peers.append("cluster_formation.classic_config.nodes.").append(i + 1).append(" = ")
                    .append(nameOn(cluster.get(i))).append('\n');
        }
        Files.writeString(folder.resolve("etc/rabbitmq.conf"), peers, StandardOpenOption.APPEND);
        // Present and empty: a system's own is then not read.
        Files.writeString(folder.resolve("etc/rabbitmq-env.conf"), "");
    }

    private static String nameOn(Host host) {
        return "chat21@" + host.address();
    }

    String name() {
        return nameOn(host);
    }

    Host host() {
        return host;
    }

    void start() {
        process = host.start(folder.resolve("run"), log, environment(), scripts().resolve("rabbitmq-server").toString());
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>();
        all.put("HOME", folder.resolve("home").toString());
        all.put("LANG", "C.UTF-8");
        // The script becomes the node, so that its process is the node's.
        all.put("RUNNING_UNDER_SYSTEMD", "true");
        all.put("RABBITMQ_USE_LONGNAME", "true");
        all.put("RABBITMQ_NODENAME", name());
        all.put("RABBITMQ_SCHEDULER_BIND_TYPE", "u");
        all.put("RABBITMQ_CONF_ENV_FILE", folder.resolve("etc/rabbitmq-env.conf").toString());
        all.put("RABBITMQ_CONFIG_FILE", folder.resolve("etc/rabbitmq.conf").toString());
        all.put("RABBITMQ_ADVANCED_CONFIG_FILE", folder.resolve("etc/advanced.config").toString());
        all.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("etc/enabled_plugins").toString());
        all.put("RABBITMQ_GENERATED_CONFIG_DIR", folder.resolve("run/config").toString());
        all.put("RABBITMQ_PLUGINS_EXPAND_DIR", folder.resolve("run/plugins").toString());
        all.put("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString());
        all.put("RABBITMQ_FEATURE_FLAGS_FILE", folder.resolve("mnesia/feature_flags").toString());
        all.put("RABBITMQ_PID_FILE", folder.resolve("run/rabbitmq.pid").toString());
        all.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
        all.put("RABBITMQ_LOGS", "-");
        return all;
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Waits until it serves clients. */
    void awaitReady() {
        await(host.name() + " serves clients, see " + log).atMost(Patience.seconds(180)).pollInterval(Duration.ofMillis(200))
                .until(() -> !isRunning() || connects(AMQP) && connects(MQTT) && connects(MANAGEMENT));
        if (!isRunning()) {
            throw new IllegalStateException("The broker on " + host.name() + " ended, see " + log);
        }
    }

    private boolean connects(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.address(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs rabbitmqctl there. */
    String control(String... command) {
        return host.run(Stream.concat(Stream.concat(Stream.of("env", "-i", "PATH=" + System.getenv("PATH")),
                environment().entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())),
                Stream.concat(Stream.of(scripts().resolve("rabbitmqctl").toString()), Stream.of(command)))
                .toArray(String[]::new));
    }

    /** Ends it as a crash would. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
        host.killAll();
    }

    /** Ends it in good order. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(Patience.seconds(120).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The broker on " + host.name() + " does not end, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

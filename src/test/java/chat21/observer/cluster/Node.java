package chat21.observer.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import chat21.observer.testing.Management;
import chat21.observer.testing.Patience;

/** An observer on a host of its own. */
final class Node {

    private static final int PORT = 8005;

    private final Host host;
    private final Map<String, String> environment;
    private final Path log;
    private Path folder;
    private String classPath;
    private Process process;

    Node(Host host, Map<String, String> environment, Path data, Path logs) {
        this.host = host;
        this.environment = new HashMap<>(environment);
        this.environment.put("ROUTES_LAST_GOOD_DIR", data.resolve(host.name()).toString());
        useThisRelease();
        this.log = logs.resolve(host.name() + ".log");
    }

    Host host() {
        return host;
    }

    /** Runs what is tested from its next start on. */
    void useThisRelease() {
        use(Path.of("").toAbsolutePath(), System.getProperty("java.class.path"));
    }

    /** Runs another build from its next start on. */
    void use(Path otherFolder, String otherClassPath) {
        folder = otherFolder;
        classPath = otherClassPath;
    }

    void start() {
        process = host.start(folder, log, environment, Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx384m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, "chat21.observer.Observer");
    }

    /** The number of its process. */
    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    Management management() {
        return new Management(host.address(), PORT);
    }

    void awaitReady() {
        await(host.name() + " is ready, see " + log).atMost(Patience.seconds(180)).pollInterval(Duration.ofMillis(200))
                .until(() -> !isRunning() || management().isReady());
        if (!isRunning()) {
            throw new IllegalStateException("The observer on " + host.name() + " ended, see " + log);
        }
    }

    /** What it has said. */
    Stream<String> said() {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a crash would. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end, and waits until it has. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(Patience.seconds(60).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The observer on " + host.name() + " does not end, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

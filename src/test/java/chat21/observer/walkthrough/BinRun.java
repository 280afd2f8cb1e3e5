package chat21.observer.walkthrough;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import chat21.observer.testing.Management;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;

/** The application as a reader starts it, with {@code bin/run}, at a broker that runs already. */
final class BinRun implements AutoCloseable {

    private final Process process;
    private final Path output;

    private BinRun(ObserverSettings settings) throws IOException {
        output = settings.folder().resolve("bin-run.log");
        ProcessBuilder builder = new ProcessBuilder("bin/run").redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(settings.environment());
        // No node of a developer's own is asked.
        builder.environment().put("BROKER_DATA", settings.folder().resolve("no-broker").toString());
        builder.environment().put("BROKER_MQTT_PORT", String.valueOf(settings.broker().mqttPort()));
        builder.environment().put("BROKER_WS_PORT", String.valueOf(settings.broker().wsPort()));
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-bin-run"));
    }

    /** Starts it, and returns when it can do its work. */
    static BinRun start(ObserverSettings settings) throws IOException {
        BinRun run = new BinRun(settings);
        Management management = new Management(settings.managementPort());
        await("bin/run is ready").atMost(Patience.seconds(300)).pollInterval(Duration.ofMillis(200))
                .until(() -> !run.process.isAlive() || management.isReady());
        if (!run.process.isAlive()) {
            throw new IllegalStateException("bin/run ended: " + run.output());
        }
        return run;
    }

    /** What it has written. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a supervisor does (SIGTERM), and says with what exit code it ended. */
    int terminate() {
        process.destroy();
        try {
            if (!Patience.untilEndOf(process)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException("bin/run did not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }
}

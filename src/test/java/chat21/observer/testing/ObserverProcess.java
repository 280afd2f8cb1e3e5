package chat21.observer.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The application in a process of its own, as it is run in production, so that it can be killed. */
public final class ObserverProcess implements AutoCloseable {

    private final ObserverSettings settings;
    private final Process process;
    private final Thread atExit;
    private final Path out;
    private final Path err;

    private ObserverProcess(ObserverSettings settings, List<String> classes) throws IOException {
        this.settings = settings;
        Path folder = settings.folder();
        long start = System.nanoTime();
        out = folder.resolve("out-" + start + ".log");
        err = folder.resolve("err-" + start + ".log");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(settings.jvmOptions());
        command.addAll(classes);
        command.add("chat21.observer.Observer");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(settings.environment());
        process = builder.start();
        atExit = new Thread(process::destroyForcibly, "end-observer");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static ObserverProcess start(ObserverSettings settings) {
        return start(settings, ObserverClasses.options(settings.broker()));
    }

    static ObserverProcess start(ObserverSettings settings, List<String> classes) {
        try {
            return new ObserverProcess(settings, classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it was started with; starting another with the same is a restart. */
    public ObserverSettings settings() {
        return settings;
    }

    /** Its management port. */
    public Management management() {
        return new Management(settings.managementPort());
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Waits until it can do its work. */
    public ObserverProcess awaitReady() {
        await("the observer is ready: " + err).atMost(Patience.seconds(180)).pollInterval(Duration.ofMillis(100))
                .until(() -> !process.isAlive() || management().isReady());
        if (!process.isAlive()) {
            throw new IllegalStateException("The observer ended: " + output() + errors());
        }
        return this;
    }

    /** Ends it as a crash would, with kill -9. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Makes it stand still (SIGSTOP), as a machine without memory or a virtual one that is moved would. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
            if (!Patience.untilEndOf(kill) || kill.exitValue() != 0) {
                throw new IllegalStateException("The signal " + name + " did not reach the observer.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to end (SIGTERM), and waits until it has. */
    public void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** Waits for its end, and returns its exit code. */
    public int awaitEnd() {
        try {
            if (!Patience.untilEndOf(process)) {
                process.destroyForcibly();
                throw new IllegalStateException("The observer did not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it has written to standard output. */
    public String output() {
        return read(out);
    }

    /** What it has written to standard error. */
    public String errors() {
        return read(err);
    }

    /** Ends it at once if it still runs. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

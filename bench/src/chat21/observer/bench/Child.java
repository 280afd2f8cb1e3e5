package chat21.observer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that the benchmark started, with its output in a file; closing ends it and all below it. */
final class Child implements AutoCloseable {

    private static final int ORDERLY_SECONDS = 15;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a command in a folder, with settings beside those of the benchmark's own environment. */
    static Child start(List<String> command, Path folder, Map<String, String> environment, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        return new Child(builder.start(), log);
    }

    long pid() {
        return process.pid();
    }

    /** Leaves a note by which {@link #endNoted} finds this process if the benchmark is killed. */
    void note(Path file) throws IOException {
        Files.writeString(file, identity(process.toHandle()));
    }

    /** Ends the process that a note names, if it still runs. */
    static void endNoted(Path file) throws IOException {
        if (Files.exists(file)) {
            String identity = Files.readString(file);
            // The start is compared too, since another process may have got the number.
            ProcessHandle.of(Long.parseLong(identity.split(" ")[0]))
                    .filter(handle -> identity(handle).equals(identity))
                    .ifPresent(ProcessHandle::destroy);
        }
    }

    private static String identity(ProcessHandle handle) {
        return handle.pid() + " " + handle.info().startInstant().map(String::valueOf).orElse("");
    }

    /** Fails if the process has ended by itself. */
    void check() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "process %d ended with code %d; see %s".formatted(pid(), process.exitValue(), log));
        }
    }

    /** Waits for the end; fails unless it comes in time and with code 0. */
    void succeed(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
            close();
            throw new IllegalStateException("a command failed; see " + log);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(ORDERLY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }
}

package chat21.observer.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import chat21.observer.testing.Patience;

/**
 * A host of the network: what runs on it, and what becomes of its packets.
 *
 * @param name      what it is called in the test
 * @param namespace its network namespace
 * @param address   its address, which this machine reaches, too
 */
record Host(String name, String namespace, String address) {

    /** Starts a process on it, with this environment and no more. */
    Process start(Path folder, Path log, Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(entering(command)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putIfAbsent("PATH", System.getenv("PATH"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command on it to its end, and returns what it says. */
    String run(String... command) {
        return run(entering(command), "");
    }

    /** No packet leaves or reaches it any more; who talks with it hears nothing, not even that it has gone. */
    void cut() {
        filter("iif != lo drop", "oif != lo drop");
    }

    /** No packet passes between it and these. */
    void cutFrom(Host... others) {
        String addresses = Stream.of(others).map(Host::address).collect(Collectors.joining(", ", "{ ", " }"));
        filter("ip saddr " + addresses + " drop", "ip daddr " + addresses + " drop");
    }

    /** It sends to these and hears nothing of them. */
    void cutOffFromHearing(Host... others) {
        String addresses = Stream.of(others).map(Host::address).collect(Collectors.joining(", ", "{ ", " }"));
        filter("ip saddr " + addresses + " drop", "");
    }

    /** So many of a hundred packets that come to it are lost. */
    void lose(int percent) {
        filter("iif != lo numgen random mod 100 < " + percent + " drop", "");
    }

    /** Its packets pass again. */
    void heal() {
        filter("", "");
    }

    /** Ends all that runs on it at once. */
    void killAll() {
        signalAll("KILL");
    }

    /** Makes all that runs on it stand still. */
    void pause() {
        signalAll("STOP");
    }

    /** Lets it go on. */
    void resume() {
        signalAll("CONT");
    }

    private void signalAll(String signal) {
        run(List.of("sh", "-c", "for pid in $(ip netns pids " + namespace + "); do kill -" + signal + " $pid; done; true"), "");
    }

    private void filter(String in, String out) {
        run(entering("nft", "-f", "-"), """
                flush ruleset
                table inet faults {
                  chain in { type filter hook input priority -300; %s
                  }
                  chain out { type filter hook output priority -300; %s
                  }
                }
                """.formatted(in, out));
    }

    private List<String> entering(String... command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace, "--"));
        all.addAll(List.of(command));
        return all;
    }

    private static String run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).directory(Path.of("/").toFile()).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!Patience.untilEndOf(process) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

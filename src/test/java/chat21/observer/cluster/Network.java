package chat21.observer.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

import chat21.observer.testing.Patience;

/** A network of hosts of a test's own on this machine; it goes with all that runs in it when the JVM does, however that ends. */
final class Network implements AutoCloseable {

    // A place that PostgreSQL's own user may enter, too.
    private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"));

    private final Process guard;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Path folder;
    private final String subnet;

    private Network(Process guard, String name, String subnet, List<String> names) throws IOException {
        this.guard = guard;
        this.subnet = subnet;
        folder = Files.createDirectories(PARENT.resolve(name));
        for (int i = 0; i < names.size(); i++) {
            hosts.put(names.get(i), new Host(names.get(i), name + "-" + names.get(i), subnet + "." + (11 + i)));
        }
    }

    /** Makes it, or skips the test with the reason why it cannot be made here. */
    static Network of(String... names) {
        require("root".equals(System.getProperty("user.name")), "Only root makes network namespaces");
        for (String tool : List.of("ip", "nft", "nsenter")) {
            require(isInstalled(tool), "There is no " + tool);
        }
        try {
            Process guard = new ProcessBuilder(Stream.concat(Stream.of(Path.of("src/test/cluster/network").toAbsolutePath().toString(),
                    PARENT.toString(), String.valueOf(ProcessHandle.current().pid())), Arrays.stream(names)).toList())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            // Stays open: whoever makes the network waits for one line only.
            BufferedReader answers = guard.inputReader(StandardCharsets.UTF_8);
            String made = answers.readLine();
            require(made != null, "No network namespaces can be made");
            return new Network(guard, made.split(" ")[0], made.split(" ")[1], List.of(names));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test, with a reason that can be read in the log, unless something is there that it needs. */
    static void require(boolean there, String reason) {
        if (!there) {
            System.out.println("[CLUSTER] skipped: " + reason + ".");
        }
        Assumptions.assumeTrue(there, reason);
    }

    private static boolean isInstalled(String tool) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    Host host(String name) {
        return hosts.get(name);
    }

    Collection<Host> hosts() {
        return hosts.values();
    }

    /** Where hosts keep their data; it goes with the network. */
    Path folder() {
        return folder;
    }

    /** All addresses of it, as PostgreSQL and others write them. */
    String range() {
        return subnet + ".0/24";
    }

    /** Joins what was cut. */
    void heal() {
        hosts.values().forEach(Host::heal);
    }

    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            if (!Patience.untilEndOf(guard)) {
                throw new IllegalStateException("The network of the test does not go.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package chat21.observer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/** A real proxy with a configuration of {@code deploy/proxy}, in which only what differs on each machine is put in. */
final class Proxy implements AutoCloseable {

    private final Process process;
    private final Path output;

    private Proxy(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts nginx; where it is not installed the test is skipped. */
    static Proxy nginx(Path folder, Map<String, String> places, Collection<Integer> ports) {
        Path file = fill("nginx.conf", places, folder);
        return start(folder, ports, installed("nginx"), "-c", file.toString(), "-e", "stderr",
                "-g", "daemon off; pid " + folder.resolve("nginx.pid") + ";");
    }

    /** Starts Caddy; where it is not installed the test is skipped. */
    static Proxy caddy(Path folder, Map<String, String> places, Collection<Integer> ports) {
        Path file = fill("Caddyfile", places, folder);
        return start(folder, ports, installed("caddy"), "run", "--config", file.toString(), "--adapter", "caddyfile");
    }

    private static Proxy start(Path folder, Collection<Integer> ports, String... command) {
        try {
            Path output = folder.resolve("proxy.log");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("HOME", folder.toString());
            builder.environment().put("XDG_DATA_HOME", folder.toString());
            builder.environment().put("XDG_CONFIG_HOME", folder.toString());
            Proxy proxy = new Proxy(builder.start(), output);
            Runtime.getRuntime().addShutdownHook(new Thread(proxy::close));
            await("the proxy").until(() -> proxy.isUp(ports));
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isUp(Collection<Integer> ports) throws IOException {
        assertThat(process.isAlive()).as(() -> log()).isTrue();
        for (int port : ports) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
            } catch (java.net.ConnectException e) {
                return false;
            }
        }
        return true;
    }

    private String log() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    // Each place must be there, so that the file that ships is the one that is tried.
    private static Path fill(String name, Map<String, String> places, Path folder) {
        try {
            String text = Files.readString(Path.of("deploy/proxy", name));
            for (Map.Entry<String, String> place : places.entrySet()) {
                assertThat(text).contains(place.getKey());
                text = text.replace(place.getKey(), place.getValue());
            }
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String installed(String name) {
        Path found = Stream.of("/usr/sbin/", "/usr/bin/", "/usr/local/bin/").map(folder -> Path.of(folder + name))
                .filter(Files::isExecutable).findFirst().orElse(null);
        Assumptions.assumeTrue(found != null, name + " is not installed, so its configuration is not tried");
        return found.toString();
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroy);
    }
}

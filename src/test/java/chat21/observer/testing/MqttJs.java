package chat21.observer.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** MQTT.js, the client of web pages, in Node.js; a test that needs it is skipped where either cannot be had. */
public final class MqttJs {

    private static final String PACKAGE = "mqtt@5";
    private static final long SECONDS = 120;

    private final Path folder;

    private MqttJs(Path folder) {
        this.folder = folder;
    }

    /** Installs it into the build's folder unless it is there; skips the test if that cannot be done. */
    public static MqttJs installed() {
        Path folder = Path.of("target/mqtt-js").toAbsolutePath();
        if (!Files.exists(folder.resolve("node_modules/mqtt"))) {
            Assumptions.assumeTrue(run(folder, List.of("npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix",
                    folder.toString(), PACKAGE)) != null, "npm cannot install " + PACKAGE + " here");
        }
        Assumptions.assumeTrue(run(folder, List.of("node", "--version")) != null, "there is no Node.js here");
        return new MqttJs(folder);
    }

    /**
     * Comes as a page does, over WebSocket under a random id, sends a message, and tries another client's id.
     *
     * @return what it saw, line by line
     */
    public String chat(TestBroker broker, String user, String token, String recipient, String otherClientId) {
        String said = run(folder, List.of("node", Path.of("src/test/resources/mqtt-js/page.js").toAbsolutePath().toString(),
                String.valueOf(broker.wsPort()), user, token, recipient, otherClientId));
        if (said == null) {
            throw new IllegalStateException("the page failed; see " + folder.resolve("output.log"));
        }
        return said;
    }

    private static String run(Path folder, List<String> command) {
        try {
            Files.createDirectories(folder);
            Path output = folder.resolve("output.log");
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile())
                    .redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("NODE_PATH", folder.resolve("node_modules").toString());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return null;
            }
            return process.exitValue() == 0 ? Files.readString(output, StandardCharsets.UTF_8) : null;
        } catch (IOException e) {
            // There is no such program.
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

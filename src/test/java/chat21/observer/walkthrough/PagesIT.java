package chat21.observer.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.Management;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Ports;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;

/** Runs the pages for operators beside an application that bin/run started. */
class PagesIT {

    private static final Pattern BANNER = Pattern.compile("(?m)^  (\\S.*?)  +(?:localhost|mqtt|ws|http)\\S*$");

    private static TestBroker broker;
    private static ObserverSettings settings;
    private static Path routes;
    private static BinRun run;

    @BeforeAll
    static void start() throws IOException {
        WalkthroughIT.theToolsOfThePageAreInstalled();
        broker = TestBroker.start();
        settings = ObserverSettings.at(broker)
                .set("", "WEBHOOK_ENABLED", "true")
                .set("", "WEBHOOK_ENDPOINTS", "http://127.0.0.1:" + Ports.free() + "/events")
                .set("", "WEBHOOK_TRIES", "1")
                .set("", "JOLOKIA_ENABLED", "true");
        routes = settings.ownRoutes();
        settings.set("", "PLUGINS_DIR", pluginWithTheTranslator().toString());
        run = BinRun.start(settings);
    }

    @AfterAll
    static void stop() {
        if (run != null) {
            // As a shell says it of a process that SIGTERM ended.
            assertThat(run.terminate()).isEqualTo(128 + 15);
            assertThat(run.output()).doesNotContain("ERROR");
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void binRunSaysWhereThingsAreAsTheReadmeShows() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(readme).contains("$ bin/run\n");

        List<String> shown = BANNER.matcher(readme).results().map(PagesIT::label).toList();
        assertThat(shown).hasSize(7);
        assertThat(run.output()).contains("Using the broker that runs already.", "chat21-camel is ready after ");
        assertThat(Pattern.compile("(?m)^  (\\S.*?)  +\\S+$").matcher(run.output()).results().map(PagesIT::label))
                .containsAll(shown);
    }

    @Test
    void aClassInAJarInPluginsTranslatesWhatIsSentOnceItsExampleIsDroppedIn() throws IOException {
        Path dropped = routes.resolve("translate.yaml");
        Files.copy(Path.of("examples/translate.yaml"), dropped);
        awaitSaid("translate.yaml is in effect");
        try (ChatClient alice = ChatClient.connect(broker, "alice"); ChatClient bob = ChatClient.connect(broker, "bob")) {
            alice.send("bob", "{\"type\":\"image\",\"metadata\":{\"src\":\"hello.png\"}}");
            alice.send("bob", "{\"text\":\"hello my friend\"}");

            ChatClient.Received copy = bob.awaitMessage("alice", "ciao my amico");
            assertThat(copy.json().path("sender").textValue()).isEqualTo("alice");
            assertThat(bob.received(r -> r.json().path("type").asText().equals("image"))).singleElement()
                    .satisfies(image -> assertThat(image.json().path("metadata").path("src").textValue()).isEqualTo("hello.png"));
        } finally {
            Files.delete(dropped);
            awaitSaid("translate.yaml is gone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"operating", "scaling", "webhooks"})
    void whatThePageForOperatorsSaysComesOut(String page) throws Exception {
        try (ChatClient alice = ChatClient.connect(broker, "alice")) {
            // Whose events are given up, since nobody listens where they go.
            alice.send("alice", "{\"text\":\"a note\"}");
            await().until(() -> management()
                    .metric("chat21_webhook_tries_total{outcome=\"dead-lettered\"") > 0);
        }

        PageRun.assertPrints(Path.of("docs", page + ".md"), settings);
    }

    @Test
    void whatThePageForMoversSaysComesOut() throws Exception {
        // A file of H2 is open to one process at a time, and there is no MongoDB here to export from.
        TestDatabase other = TestDatabase.h2In(settings.folder().resolve("imported"));
        Map<String, String> environment = new HashMap<>();
        environment.put("DATABASE_URL", other.url());
        environment.put("DATABASE_USER", other.user());
        environment.put("DATABASE_PASSWORD", other.password());
        environment.put("EXPORT", settings.folder().resolve("export").toString());
        environment.put("MONGODB_URI", "mongodb://localhost/chat21");
        environment.put("PATH", Path.of("src/test/walkthrough").toAbsolutePath() + ":" + System.getenv("PATH"));

        PageRun.assertPrints(Path.of("docs/migrating.md"), settings, environment);
    }

    private static void awaitSaid(String words) {
        await(words).until(() -> run.output().contains(words));
    }

    private static Management management() {
        return new Management(settings.managementPort());
    }

    private static String label(MatchResult line) {
        return line.group(1);
    }

    private static Path pluginWithTheTranslator() throws IOException {
        Path classes = Files.createDirectories(settings.folder().resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(),
                "examples/Translator.java")).isZero();
        Path plugins = Files.createDirectories(settings.folder().resolve("plugins"));
        try (OutputStream out = Files.newOutputStream(plugins.resolve("translator.jar"));
                JarOutputStream jar = new JarOutputStream(out); Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
        return plugins;
    }
}

package chat21.observer.jolokia;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.Chromium;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Ports;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** What an operator sees who follows the documentation: bin/hawtio, and the running observer in a browser. */
class HawtioIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final ObserverSettings settings = ObserverSettings.at(TestBroker.shared())
            .set("chat21.jolokia.enabled", "JOLOKIA_ENABLED", "true");
    private final int port = Ports.free();

    @Test
    void theDiagramOfARouteShowsHowManyMessagesHavePassed() throws Exception {
        try (Chromium chromium = Chromium.start(); TestObserver observer = settings.startHere()) {
            Process hawtio = startHawtio();
            try (BrowserContext window = chromium.window(1440, 1000)) {
                awaitHawtio(hawtio);
                observer.amqp().publish("apps.hawtio.outgoing.users.a.messages.b.outgoing", "{\"text\":\"x\"}");
                Page page = window.newPage();
                page.navigate("http://localhost:" + port + "/hawtio/camel");
                page.getByText("deliver-to-inbox", exactly()).first().click();
                page.getByText("Route Diagram", exactly()).click();

                Locator nodes = page.locator(".react-flow__node");
                expectCount(nodes, "2");
                observer.amqp().publish("apps.hawtio.outgoing.users.a.messages.b.outgoing", "{\"text\":\"y\"}");
                expectCount(nodes, "4");
            } finally {
                hawtio.destroy();
                assertThat(hawtio.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static void expectCount(Locator nodes, String count) {
        assertThat(nodes.filter(new Locator.FilterOptions().setHasText(count)).first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
    }

    private static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }

    private Process startHawtio() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bin/hawtio").redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().put("HAWTIO_PORT", String.valueOf(port));
        builder.environment().put("HAWTIO_DATA", Path.of("target/hawtio").toAbsolutePath().toString());
        builder.environment().put("MANAGEMENT_PORT", String.valueOf(settings.managementPort()));
        builder.environment().put("MANAGEMENT_HOST", "127.0.0.1");
        return builder.start();
    }

    private void awaitHawtio(Process hawtio) throws IOException {
        await("bin/hawtio answers").atMost(PATIENCE).until(() -> !hawtio.isAlive() || answers());
        String said = Files.readString(log());
        Assumptions.assumeFalse(said.contains("could not be fetched"), "Hawtio could not be fetched, so this is not shown");
        assertThat(hawtio.isAlive()).as(said).isTrue();
    }

    private boolean answers() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hawtio/")).build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private Path log() {
        return settings.folder().resolve("hawtio.log");
    }
}

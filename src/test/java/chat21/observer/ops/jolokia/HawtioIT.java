package chat21.observer.ops.jolokia;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.Chromium;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.Ports;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** What an operator sees who follows the documentation: bin/hawtio, and the running observer in a browser. */
class HawtioIT {

    private static final ObserverSettings SETTINGS = ObserverSettings.at(TestBroker.shared())
            .set("chat21.jolokia.enabled", "JOLOKIA_ENABLED", "true");
    private static final int PORT = Ports.free();

    private static TestObserver observer;
    private static Process hawtio;

    @BeforeAll
    static void start() throws IOException {
        observer = SETTINGS.startHere();
        hawtio = startHawtio();
        awaitHawtio();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (hawtio != null) {
            hawtio.destroy();
            assertThat(Patience.untilEndOf(hawtio)).isTrue();
        }
        if (observer != null) {
            observer.close();
        }
    }

    @Test
    void theDiagramOfARouteShowsHowManyMessagesHavePassed() {
        try (Chromium chromium = Chromium.start(); BrowserContext window = chromium.window(1440, 1000)) {
            observer.amqp().publish("apps.hawtio.outgoing.users.a.messages.b.outgoing", "{\"text\":\"x\"}");
            window.route(url -> !url.startsWith("http://localhost:" + PORT + "/"), Route::abort);
            Page page = window.newPage();
            page.navigate("http://localhost:" + PORT + "/hawtio/camel");
            page.getByText("deliver-to-inbox", exactly()).first().click();
            page.getByText("Route Diagram", exactly()).click();

            Locator nodes = page.locator(".react-flow__node");
            expectCount(nodes, "2");
            observer.amqp().publish("apps.hawtio.outgoing.users.a.messages.b.outgoing", "{\"text\":\"y\"}");
            expectCount(nodes, "4");
            // Their errors are left to whoever calls them, which a diagram must not stumble over.
            for (String route : List.of("commit-batch", "acknowledge-batch", "commit-portion", "post-webhook")) {
                page.getByText(route, exactly()).first().click();
                page.getByText("Route Diagram", exactly()).click();
                expectCount(nodes, "From direct:" + route.substring(0, 5));
                assertThat(nodes.count()).as(route).isGreaterThan(3);

                // Where Source cannot load its editor, this shows the same.
                page.getByText("Operations", exactly()).click();
                Locator source = page.locator("[aria-labelledby='operation dumpRouteAsXml()']");
                source.getByRole(AriaRole.BUTTON).first().click();
                source.locator("button.pf-m-danger").click();
                assertThat(source).containsText("id=\"" + route + "\"");
            }
        }
    }

    @Test
    void whoCallsUnderAnotherNameGetsNothingAndTheProxyLeadsToTheChatServerAlone() throws Exception {
        String agent = "/hawtio/proxy/http/127.0.0.1/" + SETTINGS.managementPort() + "/observe/jolokia/version";
        assertThat(status("/hawtio/", "localhost:" + PORT)).isEqualTo(200);
        assertThat(status("/hawtio/jolokia/version", "localhost:" + PORT)).isEqualTo(200);
        assertThat(status(agent, "127.0.0.1:" + PORT)).isEqualTo(200);

        for (String host : List.of("evil.example", "evil.example:" + PORT, "localhost.evil.example", "127.0.0.1.evil.example")) {
            assertThat(status("/hawtio/", host)).as(host).isEqualTo(403);
            assertThat(status(agent, host)).as(host).isEqualTo(403);
        }
        int management = SETTINGS.broker().managementPort();
        String broker = "http/127.0.0.1/" + management + "/api/overview";
        for (String path : List.of("/hawtio/proxy/" + broker, "/hawtio/%70roxy/" + broker, "/hawtio//proxy/" + broker,
                "/hawtio/PROXY/" + broker, "/hawtio/x/../proxy/" + broker, "/hawtio/proxy;a=b/" + broker,
                "/hawtio/proxy/http/guest:guest@127.0.0.1/" + management + "/api/overview",
                agent.replace("jolokia/version", "health"), agent.replace("jolokia", "jolokia/../health"),
                agent.replace("jolokia", "jolokia/%2e%2e/health"))) {
            assertThat(status(path, "localhost:" + PORT)).as(path).isIn(400, 403, 404);
        }
    }

    // Over a plain socket, since a client would mend the path and say its own host.
    private static int status(String path, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", PORT)) {
            socket.setSoTimeout((int) Patience.seconds(30).toMillis());
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    private static void expectCount(Locator nodes, String count) {
        assertThat(nodes.filter(new Locator.FilterOptions().setHasText(count)).first()).isVisible();
    }

    private static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }

    private static Process startHawtio() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bin/hawtio").redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().put("HAWTIO_PORT", String.valueOf(PORT));
        builder.environment().put("HAWTIO_DATA", Path.of("target/hawtio").toAbsolutePath().toString());
        builder.environment().put("MANAGEMENT_PORT", String.valueOf(SETTINGS.managementPort()));
        builder.environment().put("MANAGEMENT_HOST", "127.0.0.1");
        return builder.start();
    }

    private static void awaitHawtio() throws IOException {
        await("bin/hawtio answers").atMost(Patience.seconds(180)).until(() -> !hawtio.isAlive() || answers());
        String said = Files.readString(log());
        Assumptions.assumeFalse(said.contains("could not be fetched"), "Hawtio could not be fetched, so this is not shown");
        assertThat(hawtio.isAlive()).as(said).isTrue();
    }

    private static boolean answers() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/hawtio/")).build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path log() {
        return SETTINGS.folder().resolve("hawtio.log");
    }
}

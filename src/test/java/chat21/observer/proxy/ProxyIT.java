package chat21.observer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.engine.broker.BrokerSettings;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Ports;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;
import chat21.observer.tls.OwnCertificate;

/** Stock clients chat through the proxies of docs/proxy.md, set up as it says. */
class ProxyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final TokenSigner SIGNER = new TokenSigner(TestBroker.JWT_KEY);

    @Nested
    class ThroughNginx extends Proxied {

        private final int mqttPort = Ports.free();
        private final int amqpPort = Ports.free();

        @Override
        Proxy start(Path folder, OwnCertificate certificate) {
            Map<String, String> places = new LinkedHashMap<>();
            places.put("/etc/ssl/chat/fullchain.pem", certificate.certificate().toString());
            places.put("/etc/ssl/chat/privkey.pem", certificate.key().toString());
            places.put("listen 443 ", "listen 127.0.0.1:" + port + " ");
            places.put("listen 8883 ", "listen 127.0.0.1:" + mqttPort + " ");
            places.put("listen 5671 ", "listen 127.0.0.1:" + amqpPort + " ");
            places.put("127.0.0.1:15675", "127.0.0.1:" + broker.wsPort());
            places.put("127.0.0.1:8004", "127.0.0.1:" + settings.restPort());
            places.put("127.0.0.1:1883", "127.0.0.1:" + broker.mqttPort());
            places.put("127.0.0.1:5672", "127.0.0.1:" + broker.amqpPort());
            places.put("chat.example.org;", "localhost;");
            return Proxy.nginx(folder, places, List.of(port, mqttPort, amqpPort));
        }

        @Test
        void mqttGoesThroughWithTls() {
            try (ChatClient carol = ChatClient.of("carol").trusting(broker.authority()).through(mqttPort).connect(broker);
                    ChatClient dave = ChatClient.of("dave").connect(broker)) {
                carol.send("dave", "{\"text\":\"mqtts\"}");

                dave.awaitMessage("carol", "mqtts");
            }
        }

        @Test
        void amqpGoesThroughWithTls() throws Exception {
            BrokerSettings tool = BrokerSettings.of(Map.of("TLS_CA_FILE", broker.authority().file().toString(), "RABBITMQ_URI",
                    broker.amqpsUri().replaceFirst(":[0-9]+$", ":" + amqpPort)));

            try (var connection = tool.connect("test")) {
                assertThat(connection.isOpen()).isTrue();
            }
        }

        @Test
        void whoGuessesTheUsualPasswordOfABrokerIsRefused() {
            assertThatCode(() -> login(mqttPort, false, "chat21", "long-and-random")).doesNotThrowAnyException();

            assertThatThrownBy(() -> login(mqttPort, false, "guest", "guest")).isInstanceOf(Mqtt3ConnAckException.class);
        }
    }

    @Nested
    class ThroughCaddy extends Proxied {

        @Override
        Proxy start(Path folder, OwnCertificate certificate) {
            Map<String, String> places = new LinkedHashMap<>();
            places.put("chat.example.org {", "{\n\tadmin off\n\tauto_https off\n}\nhttps://localhost:" + port
                    + " {\n\ttls " + certificate.certificate() + " " + certificate.key());
            places.put("127.0.0.1:15675", "127.0.0.1:" + broker.wsPort());
            places.put("127.0.0.1:8004", "127.0.0.1:" + settings.restPort());
            return Proxy.caddy(folder, places, List.of(port));
        }
    }

    /** What both do. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Proxied {

        final int port = Ports.free();
        TestBroker broker;
        ObserverSettings settings;
        private TestObserver observer;
        private Proxy proxy;
        private HttpClient http;

        abstract Proxy start(Path folder, OwnCertificate certificate);

        @BeforeAll
        void startAll() throws IOException {
            broker = TestBroker.encrypted();
            settings = ObserverSettings.at(broker).set("chat21.rest.names", "REST_NAMES", "localhost")
                    .set("chat21.rest.cors-origins", "REST_CORS_ORIGINS", "https://pages.example");
            observer = settings.startHere();
            http = HttpClient.newBuilder().sslContext(broker.authority().context()).connectTimeout(PATIENCE).build();
            proxy = start(Files.createDirectories(settings.folder().resolve("proxy")), broker.authority().right());
        }

        @AfterAll
        void stopAll() {
            if (proxy != null) {
                proxy.close();
            }
            if (observer != null) {
                observer.close();
            }
        }

        @Test
        void aStockClientChatsOverWebSocketAndReadsItsHistory() throws Exception {
            // Its id has what a proxy must not change on the way.
            String bob = "bob@x%y-é";
            try (ChatClient alice = client("alice"); ChatClient receiver = client(bob)) {
                alice.send(bob, "{\"text\":\"through the proxy\"}");

                receiver.awaitMessage("alice", "through the proxy");
            }
            for (String path : List.of("/api", "/chatapi/api")) {
                HttpResponse<String> history = get(path + "/tilechat/bob%40x%25y-%C3%A9/conversations/alice/messages", bob);
                assertThat(history.body()).contains("through the proxy");
                assertThat(history.statusCode()).isEqualTo(200);
            }
        }

        @Test
        void theGuessOfABrokersUsualPasswordIsRefusedOverWebSocketToo() {
            assertThatCode(() -> login(port, true, "chat21", "long-and-random")).doesNotThrowAnyException();

            // Over WebSocket the broker closes the connection at the same time as it says no.
            assertThatThrownBy(() -> login(port, true, "guest", "guest"))
                    .isInstanceOfAny(Mqtt3ConnAckException.class, ConnectionClosedException.class);
        }

        @Test
        void aPageOfAnotherSiteMayCallAndIsToldSoOnce() throws Exception {
            HttpResponse<String> answer = http.send(request("/api/openapi.json").header("Origin", "https://pages.example").build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).hasSize(1);
        }

        @Test
        void whoComesThroughAProxyGetsNoTokenForTrying() throws Exception {
            for (String forged : List.of("127.0.0.1", "::1")) {
                HttpResponse<String> answer = http.send(request("/chatapi/demo/token?user=alice").header("X-Forwarded-For", forged)
                        .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());

                assertThat(answer.statusCode()).isEqualTo(403);
            }
            assertThat(http.send(request("/").build(), HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(404);
        }

        private ChatClient client(String user) {
            return ChatClient.of(user).trusting(broker.authority()).webSocket().through(port).connect(broker);
        }

        private HttpResponse<String> get(String path, String user) throws IOException, InterruptedException {
            return http.send(request(path).header("Authorization", SIGNER.user("tilechat", user)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)).timeout(PATIENCE);
        }

        void login(int at, boolean webSocket, String user, String password) {
            Mqtt3ClientBuilder builder = Mqtt3Client.builder().identifier("guess").serverHost("localhost").serverPort(at)
                    .sslConfig().trustManagerFactory(broker.authority().trusted()).applySslConfig();
            if (webSocket) {
                builder = builder.webSocketConfig().serverPath("ws").applyWebSocketConfig();
            }
            Mqtt3BlockingClient client = builder.buildBlocking();
            client.connectWith().simpleAuth().username(user).password(password.getBytes(StandardCharsets.US_ASCII))
                    .applySimpleAuth().send();
            client.disconnect();
        }
    }
}

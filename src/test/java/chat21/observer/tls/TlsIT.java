package chat21.observer.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.engine.broker.BrokerSettings;
import chat21.observer.engine.broker.Connections;
import chat21.observer.settings.address.AmqpAddress;
import chat21.observer.settings.address.DatabaseAddress;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Ports;
import chat21.observer.testing.TestAuthority;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

/** Real handshakes with broker, database, REST API and receivers of webhooks: right certificates, and wrong ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TestAuthority stranger = TestAuthority.unknown();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> betrayed = new CopyOnWriteArrayList<>();
    private TestBroker broker;
    private TestAuthority authority;
    private OwnCertificate right;
    private OwnCertificate shown;
    private TestPostgres postgres;
    private HttpsServer receiver;
    private HttpsServer impostor;
    private ObserverSettings settings;
    private TestObserver observer;

    /** What may be wrong with a certificate, and what is said of it. */
    enum Wrong {
        AUTHORITY("is of no authority that is trusted"),
        TIME("has expired"),
        NAME("is that of another name");

        private final String said;

        Wrong(String said) {
            this.said = said;
        }
    }

    @BeforeAll
    void startAll() throws Exception {
        postgres = TestPostgres.own();
        broker = TestBroker.encrypted();
        authority = broker.authority();
        right = authority.right();
        broker.show(right);
        postgres.show(right);
        receiver = receiver(right, received);
        impostor = receiver(stranger.right(), betrayed);
        settings = ObserverSettings.at(broker);
        // Files that the test changes, as whoever renews certificates does.
        shown = new OwnCertificate(settings.folder().resolve("rest.pem"), settings.folder().resolve("rest.key"));
        renew(right);
        TestDatabase plain = postgres.newDatabase();
        settings.set("chat21.broker.uri", "RABBITMQ_URI", broker.amqpsUri())
                .set("chat21.tls.ca-file", "TLS_CA_FILE", authority.file().toString())
                .set("chat21.rest.certificate-file", "REST_CERTIFICATE_FILE", shown.certificate().toString())
                .set("chat21.rest.key-file", "REST_KEY_FILE", shown.key().toString())
                .set("chat21.webhooks.enabled", "WEBHOOK_ENABLED", "true")
                .set("chat21.queues.webhooks", "QUEUE_WEBHOOKS", settings.messagesQueue() + "-webhooks")
                .set("chat21.webhooks.endpoints", "WEBHOOK_ENDPOINTS", "https://localhost:" + impostor.getAddress().getPort()
                        + "/,https://localhost:" + receiver.getAddress().getPort() + "/")
                .database(new TestDatabase(plain.url() + "?sslmode=verify-full", plain.user(), plain.password()));
        observer = settings.startHere();
    }

    @AfterEach
    void showWhatIsRight() {
        renew(right);
    }

    @AfterAll
    void stopAll() {
        if (observer != null) {
            observer.close();
        }
        if (receiver != null) {
            receiver.stop(0);
            impostor.stop(0);
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void aMessageGoesAllTheWayOverTls() throws Exception {
        try (ChatClient alice = ChatClient.of("alice").trusting(authority).connect(broker);
                ChatClient bob = ChatClient.of("bob").trusting(authority).webSocket().connect(broker)) {
            alice.send("bob", "{\"text\":\"over TLS\"}");

            bob.awaitMessage("alice", "over TLS");
        }
        HttpResponse<String> history = get(client(authority), "/api/tilechat/bob/conversations/alice/messages");
        assertThat(history.statusCode()).isEqualTo(200);
        assertThat(history.body()).contains("over TLS");
        assertThat(history.version()).as("what is plain HTTP/1.1 without TLS is so with it").isEqualTo(HttpClient.Version.HTTP_1_1);
        await("the webhook").atMost(PATIENCE).until(() -> !received.isEmpty());
        assertThat(betrayed).as("what a receiver of an unknown authority is told").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aBrokerWithAWrongCertificateIsToldNothing(Wrong wrong) {
        broker.show(certificate(wrong));
        try {
            BrokerSettings tool = tool(authority.file());
            assertThatThrownBy(() -> tool.connect("test"))
                    .satisfies(e -> assertThat(TlsProblem.in(e).orElseThrow()).contains(wrong.said));
            try (Connections flow = Connections.to(tool)) {
                assertThatThrownBy(() -> flow.await(0))
                        .satisfies(e -> assertThat(TlsProblem.in(e).orElseThrow()).contains(wrong.said));
            }
            assertThatThrownBy(() -> settings.anotherNode().startHere()).cause()
                    .hasMessageContainingAll("The broker at localhost:", "cannot be used: its certificate " + wrong.said);
        } finally {
            broker.show(right);
        }
    }

    @Test
    void aBrokerOfAnAuthorityThatWasNotNamedIsToldNothing() {
        assertThatThrownBy(() -> tool(stranger.file()).connect("test"))
                .satisfies(e -> assertThat(TlsProblem.in(e).orElseThrow()).contains(Wrong.AUTHORITY.said));
    }

    @Test
    void theBrokerIsShownACertificateIfThereIsOne() throws Exception {
        int port = Ports.free();
        String folder = broker.authority().file().getParent().toString();
        broker.control("eval", ("rabbit_networking:start_ssl_listener({\"127.0.0.1\", %d, auto}, [{cacertfile,\"%s/ca.pem\"},"
                + "{certfile,\"%2$s/server.pem\"},{keyfile,\"%2$s/server.key\"},{verify,verify_peer},{fail_if_no_peer_cert,true}], 1).")
                .formatted(port, folder));

        try (var connection = broker(port, right.certificate().toString(), right.key().toString()).connect("test")) {
            assertThat(connection.isOpen()).isTrue();
        }
        assertThatThrownBy(() -> broker(port, "", "").connect("test")).isInstanceOf(IOException.class);
    }

    @Test
    void aRenewedAuthorityCountsFromTheNextConnectionOn() throws Exception {
        Path file = settings.folder().resolve("authorities.pem");
        Files.copy(stranger.file(), file, StandardCopyOption.REPLACE_EXISTING);
        var factory = Connections.factory(tool(file), "test");
        assertThatThrownBy(factory::createConnection).isInstanceOf(RuntimeException.class);

        Files.write(file, Files.readAllBytes(authority.file()), java.nio.file.StandardOpenOption.APPEND);

        assertThatCode(factory::createConnection).doesNotThrowAnyException();
        factory.destroy();
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseWithAWrongCertificateIsToldNothing(Wrong wrong) throws SQLException {
        TestPostgres other = TestPostgres.own();
        try {
            TestDatabase plain = other.newDatabase();
            other.show(right);
            String url = DatabaseAddress.of(plain.url().replace("127.0.0.1", "localhost") + "?sslmode=verify-full")
                    .trusting(authority.file().toString()).url();
            try (Connection connection = DriverManager.getConnection(url, plain.user(), "")) {
                assertThat(connection.isValid(5)).isTrue();
            }

            other.show(certificate(wrong));

            assertThatThrownBy(() -> DriverManager.getConnection(url, plain.user(), "")).isInstanceOf(SQLException.class)
                    .satisfies(e -> assertThat(wrong == Wrong.NAME ? e.getMessage() : TlsProblem.in(e).orElseThrow())
                            .contains(wrong == Wrong.NAME ? "could not be verified" : wrong.said));
        } finally {
            other.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRenewedCertificateOfTheRestApiCountsWithoutARestart(Wrong wrong) throws Exception {
        assertThat(get(client(authority), "/").statusCode()).isEqualTo(200);

        renew(certificate(wrong));

        await("the certificate that is wrong now").atMost(PATIENCE).untilAsserted(() ->
                assertThatThrownBy(() -> get(client(authority), "/"))
                        .satisfies(e -> assertThat(TlsProblem.in(e).orElse("")).contains(wrong.said)));
        renew(right);
        await("the certificate that is right again").atMost(PATIENCE).ignoreExceptions()
                .until(() -> get(client(authority), "/").statusCode() == 200);
    }

    @Test
    void aHalfRenewedCertificateHarmsNobody() throws Exception {
        OwnCertificate next = authority.right();
        renew(new OwnCertificate(next.certificate(), right.key()));
        assertThat(get(client(authority), "/").statusCode()).isEqualTo(200);

        renew(new OwnCertificate(next.certificate(), next.key()));

        await("the one that is whole").atMost(PATIENCE)
                .untilAsserted(() -> assertThat(serial()).isEqualTo(serial(next)));
    }

    @Test
    void aRequestThatSaysItsLengthTwiceIsRefusedOverTlsToo() throws IOException {
        try (SSLSocket socket = (SSLSocket) authority.context().getSocketFactory().createSocket("localhost", settings.restPort())) {
            socket.getOutputStream().write(("POST /api/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void thePageToTryItWorksOverTlsToo() throws Exception {
        String origin = "https://localhost:" + settings.restPort();

        HttpResponse<String> token = client(authority).send(HttpRequest.newBuilder(URI.create(origin + "/demo/token?user=alice"))
                .header("Origin", origin).POST(HttpRequest.BodyPublishers.noBody()).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(token.statusCode()).isEqualTo(200);
        assertThat(get(client(authority), "/demo/config").body()).contains("\"wsPort\":15676");
    }

    @Test
    void nothingIsAnsweredWithoutTls() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), settings.restPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write("GET /api/ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/1.1 2");
        }
    }

    private OwnCertificate certificate(Wrong wrong) {
        return switch (wrong) {
            case AUTHORITY -> stranger.right();
            case TIME -> authority.expired();
            case NAME -> authority.ofAnotherName();
        };
    }

    private BrokerSettings tool(Path authorities) {
        return BrokerSettings.of(Map.of("RABBITMQ_URI", broker.amqpsUri(), "TLS_CA_FILE", authorities.toString()));
    }

    private BrokerSettings broker(int port, String certificate, String key) {
        return new BrokerSettings(AmqpAddress.of(broker.amqpsUri().replaceFirst(":[0-9]+$", ":" + port)),
                ClientTls.of(authority.file().toString(), certificate, key));
    }

    private void renew(OwnCertificate next) {
        try {
            Files.copy(next.certificate(), shown.certificate(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(next.key(), shown.key(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // Each of its own, since a client goes on with the session of an earlier handshake.
    private static HttpClient client(TestAuthority trusted) {
        return HttpClient.newBuilder().sslContext(trusted.context()).connectTimeout(PATIENCE).build();
    }

    private HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + settings.restPort() + path))
                .header("Authorization", new TokenSigner(TestBroker.JWT_KEY).user("tilechat", "bob")).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String serial() throws IOException {
        try (SSLSocket socket = (SSLSocket) authority.context().getSocketFactory().createSocket("localhost", settings.restPort())) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber().toString();
        }
    }

    private static String serial(OwnCertificate one) throws Exception {
        try (InputStream in = Files.newInputStream(one.certificate())) {
            return ((X509Certificate) java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in))
                    .getSerialNumber().toString();
        }
    }

    private static HttpsServer receiver(OwnCertificate own, List<String> received) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {own.keys(own.read())}, null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}

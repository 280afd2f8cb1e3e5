package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ObserverProcess;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;

/** Whatever strangers can make a process hold is filled with all that is allowed, in a heap as small as in production. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FilledUpIT {

    private static final TokenSigner SIGNER = new TokenSigner(TestBroker.JWT_KEY);
    private static final int LARGE = 500;
    private static final int LARGE_BYTES = 255_000;
    private static final int MIB = 1_048_576;

    private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Socket> sockets = new ArrayList<>();
    private AmqpClient amqp;
    private ObserverSettings settings;
    private ObserverProcess observer;
    private ChatClient anna;
    private ChatClient ben;

    @BeforeAll
    void start() {
        settings = ObserverSettings.at(TestBroker.shared()).asInProduction();
        amqp = AmqpClient.at(TestBroker.shared());
        observer = settings.startProcess().awaitReady();
        anna = ChatClient.of("anna").app(app).connect(TestBroker.shared());
        ben = ChatClient.of("ben").app(app).connect(TestBroker.shared());
    }

    @AfterAll
    void stop() {
        anna.close();
        ben.close();
        observer.close();
        settings.removeQueues(amqp);
        amqp.close();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
        // Whatever was held is let go of.
        await().untilAsserted(() -> {
            assertThat(observer.management().metric("chat21_rest_answer_bytes")).isZero();
            assertThat(observer.management().metric("chat21_bytes_taken")).isZero();
        });
    }

    @Test
    @Order(1)
    void fiveHundredMessagesOfTheLargestSizeAtOncePassWithinTheirBound() throws Exception {
        byte[] large = ("{\"text\":\"" + "x".repeat(LARGE_BYTES) + "\"}").getBytes(StandardCharsets.US_ASCII);
        byte[] tooLarge = ("{\"text\":\"" + "x".repeat(8 * MIB) + "\"}").getBytes(StandardCharsets.US_ASCII);
        observer.pause();
        try (Channel channel = amqp.connection().createChannel()) {
            channel.confirmSelect();
            for (int i = 0; i < LARGE; i++) {
                channel.basicPublish("amq.topic", "apps." + app + ".outgoing.users.mallory.messages.victim.outgoing",
                        MessageProperties.BASIC, i % 50 == 7 ? tooLarge : large);
            }
            channel.waitForConfirmsOrDie(Patience.seconds(60).toMillis());
        } finally {
            observer.resume();
        }
        List<Double> taken = new ArrayList<>();
        await().untilAsserted(() -> {
            taken.add(observer.management().metric("chat21_bytes_taken"));
            assertThat(observer.management().metric("chat21_messages_stored_total")).isGreaterThanOrEqualTo(LARGE - 10);
        });
        // What was read when the bound was reached counts too, and one of it may be as large as the broker takes.
        assertThat(taken).allSatisfy(bytes -> assertThat(bytes).isLessThan(96 * MIB));
        assertThat(observer.management().metric("chat21_messages_refused_total{reason=\"payload-too-large\"}")).isEqualTo(10);
        assertOthersAreServed();
    }

    @Test
    @Order(2)
    void fiftyAtOnceReadPagesOfTheLargestMessages() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(http.sendAsync(get("/victim/conversations/mallory/messages?limit=200", "reader-" + i % 20),
                    HttpResponse.BodyHandlers.ofString()));
        }
        assertOthersAreServed();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            HttpResponse<String> given = answer.join();
            assertThat(given.statusCode()).isIn(200, 503);
            if (given.statusCode() == 200) {
                assertThat(given.body().length()).isBetween(3 * MIB, 4 * MIB + 1_000);
                assertThat(given.body()).endsWith("\"more\":true}");
            } else {
                assertThat(given.headers().firstValue("Retry-After")).isPresent();
            }
        }
        assertThat(answers).anyMatch(answer -> answer.join().statusCode() == 200);
    }

    @Test
    @Order(3)
    void whoReadsNothingOfLargeAnswersStopsNobody() throws Exception {
        for (int i = 0; i < 205; i++) {
            Socket socket = open();
            socket.getOutputStream().write(("GET /api/" + app + "/victim/conversations/mallory/messages HTTP/1.1\r\n"
                    + "Host: localhost\r\nAuthorization: " + SIGNER.admin(app, "reader-" + i % 20) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
        for (int i = 0; i < 5; i++) {
            assertOthersAreServed();
        }
    }

    @Test
    @Order(4)
    void whoHoldsBodiesBackStopsNobody() throws Exception {
        byte[] part = new byte[65_536];
        for (int i = 0; i < 300; i++) {
            Socket socket = open();
            socket.getOutputStream().write(("POST /api/" + app + "/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    + "application/json\r\nAuthorization: " + SIGNER.user(app, "mallory-" + i % 20)
                    + "\r\nContent-Length: 1040000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            try {
                for (int sent = 0; sent + part.length < 1_040_000; sent += part.length) {
                    socket.getOutputStream().write(part);
                }
            } catch (IOException e) {
                // It was told to come again, and hung up on.
                assertThat(e).isNotNull();
            }
        }
        assertOthersAreServed();
    }

    private Socket open() throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.restPort()));
        return socket;
    }

    private void assertOthersAreServed() throws Exception {
        String text = UUID.randomUUID().toString();
        anna.send("ben", "{\"text\":\"" + text + "\"}");
        ben.awaitMessage("anna", text);
        await().untilAsserted(() -> assertThat(http.send(
                get("/ben/conversations/anna/messages", "ben"), HttpResponse.BodyHandlers.ofString()).body()).contains(text));
        assertThat(observer.management().get("health/live").status()).isEqualTo(200);
    }

    private HttpRequest get(String path, String user) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + settings.restPort() + "/api/" + app + path))
                .timeout(Patience.seconds(60)).header("Authorization", user.equals("ben") ? SIGNER.user(app, user)
                        : SIGNER.admin(app, user)).build();
    }
}

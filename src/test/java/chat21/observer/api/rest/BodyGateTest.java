package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.api.auth.AuthSettings;
import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.Patience;

class BodyGateTest {

    private static final String KEY = "a-key-for-the-gate";
    private static final int MAX_BODY = 100_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BytesInFlight bodies = new BytesInFlight(400_000, MAX_BODY);
    private final ConcurrentLinkedQueue<RoutingContext> read = new ConcurrentLinkedQueue<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void start() {
        start(60_000);
    }

    private void start(long timeoutMs) {
        Router router = Router.router(vertx);
        TokenCheck tokens = new TokenCheck(new AuthSettings(KEY, "", "rabbitmq"), null);
        router.route().handler(new BodyGate(http -> tokens.check(ReadRequest.token(http)), bodies, MAX_BODY, timeoutMs, meters));
        router.route().handler(read::add);
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aBodyArrivesWholeHoweverItsLengthIsSaid() throws IOException {
        send(head("anna", "Content-Length: 5") + "hello");
        send(head("anna", "Transfer-Encoding: chunked") + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
        send(head("anna", "Content-Length: 5\r\nExpect: 100-continue") + "hello");

        await().until(() -> read.size() == 3);
        assertThat(read).allSatisfy(http -> assertThat(http.body().asString()).isEqualTo("hello"));
    }

    @Test
    void bodiesOfOneCallerTakeAQuarterAndThoseOfAllTheWhole() throws IOException {
        String nearly = "x".repeat(90_000);
        for (String caller : List.of("anna", "ben", "carol", "dora")) {
            send(head(caller, "Content-Length: 100000") + nearly);
        }
        await().until(() -> bodies.held() == 400_000);

        assertThat(status(send(head("anna", "Content-Length: 1") + "x"))).isEqualTo(503);
        assertThat(status(send(head("eve", "Content-Length: 1") + "x"))).isEqualTo(503);
        assertThat(meters.get("chat21_rest_body_overloads").counter().count()).isEqualTo(2);

        sockets.get(0).close();
        await().until(() -> bodies.held() == 300_000);
        send(head("eve", "Content-Length: 1") + "x");
        await().until(() -> read.size() == 1);
        assertThat(status(send(head("ben", "Content-Length: 1") + "x"))).isEqualTo(503);
    }

    @Test
    void aBodyOfUnknownLengthCountsAsItComes() throws IOException {
        Socket socket = send(head("anna", "Transfer-Encoding: chunked") + "1\r\nx\r\n");
        await().until(() -> bodies.held() == 16_384);
        socket.getOutputStream().write(("ea60\r\n" + "x".repeat(60_000) + "\r\n").getBytes(StandardCharsets.US_ASCII));

        await().until(() -> bodies.held() > 60_000);
        socket.getOutputStream().write(("ea60\r\n" + "x".repeat(60_000) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(status(socket)).isIn(413, 503);
        await().until(() -> bodies.held() == 0);
    }

    @Test
    void whatIsHeldIsGivenBackOnceItIsAnswered() throws IOException {
        send(head("anna", "Content-Length: 50000") + "x".repeat(50_000));
        await().until(() -> read.size() == 1);
        assertThat(bodies.held()).isEqualTo(50_000);

        read.poll().response().end();
        await().until(() -> bodies.held() == 0);
    }

    @Test
    void nothingIsHeldForACallerWithoutAToken() throws IOException {
        Socket socket = send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");

        assertThat(status(socket)).isEqualTo(403);
        assertThat(bodies.held()).isZero();
    }

    @Test
    void aBodyThatDoesNotComeInTimeIsGivenUp() throws IOException {
        server.close();
        start(50);
        Socket socket = send(head("anna", "Content-Length: 100000") + "x");

        assertThat(status(socket)).isEqualTo(408);
        await().until(() -> bodies.held() == 0);
    }

    private static String head(String user, String length) {
        return "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: " + new TokenSigner(KEY).user("app", user) + "\r\n" + length
                + "\r\n\r\n";
    }

    private Socket send(String bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        sockets.add(socket);
        socket.setSoTimeout((int) Patience.seconds(30).toMillis());
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static int status(Socket socket) throws IOException {
        String start = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        return Integer.parseInt(start.substring(9));
    }
}

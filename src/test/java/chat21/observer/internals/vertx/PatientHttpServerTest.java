package chat21.observer.internals.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLSocket;

import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.testing.Ports;
import chat21.observer.testing.TestAuthority;
import chat21.observer.tls.OwnCertificate;

class PatientHttpServerTest {

    private final int port = Ports.free();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        context.stop();
    }

    @Test
    void aRequestWhoseHeadersDripInIsGivenUp() throws Exception {
        start(null);
        Socket socket = send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        socket.setSoTimeout(50);

        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            try {
                socket.getOutputStream().write('x');
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        });
        assertThat(status("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEqualTo(404);
    }

    @Test
    void aConnectionThatIsAskedOnAgainAndAgainStays() throws Exception {
        start(null);
        Socket socket = send("");
        long until = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
        while (System.nanoTime() < until) {
            socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read(new byte[4_096])).isPositive();
        }
    }

    @Test
    void ofTooManyConnectionsThatLeavesOnWhichNothingWasAskedForLongest() throws Exception {
        start(null);
        Socket first = send("");
        for (int i = 0; i < 29; i++) {
            send("");
        }
        assertThat(status("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEqualTo(404);
        assertThat(first.getInputStream().read()).isNegative();
    }

    @Test
    void aRequestOfTwoLengthsIsRefused() throws Exception {
        start(null);
        assertThat(status("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .isEqualTo(400);
        assertThat(status("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")).isEqualTo(404);
    }

    @Test
    void aConnectionDoesNotChangeToHttp2() throws Exception {
        start(null);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        HttpResponse<Void> answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void aConnectionThatBeginsAfterAChangeSeesTheNewCertificate(@TempDir Path folder) throws Exception {
        TestAuthority authority = TestAuthority.unknown();
        OwnCertificate shown = new OwnCertificate(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        copy(authority.right(), shown);
        start(shown);
        X509Certificate first = certificate(authority);

        copy(authority.right(), shown);

        await().until(() -> !certificate(authority).equals(first));
    }

    private static void copy(OwnCertificate from, OwnCertificate to) throws IOException {
        Files.copy(from.key(), to.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(from.certificate(), to.certificate(), StandardCopyOption.REPLACE_EXISTING);
    }

    private X509Certificate certificate(TestAuthority authority) throws IOException {
        try (SSLSocket socket = (SSLSocket) authority.context().getSocketFactory().createSocket("127.0.0.1", port)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private void start(OwnCertificate certificate) throws Exception {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
        configuration.setBindHost("127.0.0.1");
        configuration.setBindPort(port);
        context.disableJMX();
        context.addService(new PatientHttpServer(configuration, new Patience(20_000, 500, 10), certificate));
        context.start();
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        sockets.add(socket);
        socket.setSoTimeout((int) chat21.observer.testing.Patience.seconds(30).toMillis());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private int status(String request) throws IOException {
        return Integer.parseInt(new String(send(request).getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9));
    }
}

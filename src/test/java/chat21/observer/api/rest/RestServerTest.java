package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import chat21.observer.api.auth.Unauthorized;
import chat21.observer.settings.WrongSetting;
import chat21.observer.testing.Ports;

class RestServerTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = Ports.free();

    @Test
    void whereSomebodyElseWasQuickerToListenTheSettingIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DefaultCamelContext context = new DefaultCamelContext()) {
            RestSettings settings = new RestSettings("127.0.0.1", taken.getLocalPort(), 1_024, 65_536, 65_536, 10, 10, 1_000,
                    1_000, List.of(), null);

            assertThatThrownBy(() -> RestServer.start(context, settings, http -> {
                throw new Unauthorized();
            }, new SimpleMeterRegistry())).isInstanceOf(WrongSetting.class)
                    .hasMessageContaining("Set another port with REST_PORT");
        }
    }

    @Test
    void whoComesBeforeTheRoutesAreThereIsToldToComeAgain() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            int port = Ports.free();
            RestServer.start(context, new RestSettings("127.0.0.1", port, 1_024, 65_536, 65_536, 10, 10, 1_000, 1_000, List.of(), null),
                    http -> {
                        throw new Unauthorized();
                    }, new SimpleMeterRegistry());

            HttpResponse<String> early = get(port);
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("Retry-After")).isPresent();

            context.start();
            assertThat(get(port).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aRequestWhoseHeadersDripInIsGivenUp() throws Exception {
        try (DefaultCamelContext context = started(); Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
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
            assertThat(get(port).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aConnectionThatIsAskedOnAgainAndAgainStays() throws Exception {
        try (DefaultCamelContext context = started(); Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            long until = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
            while (System.nanoTime() < until) {
                socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] answer = new byte[4_096];
                assertThat(socket.getInputStream().read(answer)).isPositive();
            }
        }
    }

    @Test
    void ofTooManyConnectionsThatLeavesOnWhichNothingWasAskedForLongest() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try (DefaultCamelContext context = started()) {
            for (int i = 0; i < 30; i++) {
                idle.add(new Socket("127.0.0.1", port));
            }
            assertThat(get(port).statusCode()).isEqualTo(404);
            Socket first = idle.get(0);
            first.setSoTimeout(10_000);
            assertThat(first.getInputStream().read()).isNegative();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private DefaultCamelContext started() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        RestServer.start(context, new RestSettings("127.0.0.1", port, 1_024, 65_536, 65_536, 10, 10, 500, 20_000, List.of(), null),
                http -> {
                    throw new Unauthorized();
                }, new SimpleMeterRegistry());
        context.start();
        return context;
    }

    private HttpResponse<String> get(int port) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/a/b/conversations")).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}

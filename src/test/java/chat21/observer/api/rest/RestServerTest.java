package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import chat21.observer.api.auth.Unauthorized;
import chat21.observer.settings.WrongSetting;
import chat21.observer.testing.Ports;

class RestServerTest {

    private final HttpClient client = HttpClient.newHttpClient();

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

    private HttpResponse<String> get(int port) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/a/b/conversations")).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}

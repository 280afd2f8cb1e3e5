package chat21.observer.api.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.Ports;

class GateServerTest {

    @Test
    void whereAnotherNodeWasQuickerToListenThisOneStartsAllTheSame() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GateServer server = server(taken.getLocalPort());

            server.start();

            assertThat(server.listens()).isFalse();
            server.stop();
        }
    }

    @Test
    void whereThePortIsFreeTheBrokerIsAnswered() {
        GateServer server = server(Ports.free());

        server.start();

        assertThat(server.listens()).isTrue();
        server.stop();
    }

    private static GateServer server(int port) {
        return new GateServer(null, new GateSettings("127.0.0.1", port, "/", "amq.topic", true, 1, 1, 1),
                new SimpleMeterRegistry());
    }
}

package chat21.observer.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.rabbitmq.client.NoOpMetricsCollector;
import com.rabbitmq.client.impl.ConnectionParams;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import org.junit.jupiter.api.Test;

class BundlingConnectionTest {

    private final List<String> calls = new ArrayList<>();
    private final FrameHandler network = (FrameHandler) Proxy.newProxyInstance(FrameHandler.class.getClassLoader(),
            new Class<?>[] {FrameHandler.class}, (proxy, method, arguments) -> {
                calls.add(method.getName());
                return null;
            });
    private final BundlingConnection connection = new BundlingConnection(parameters(), network, new NoOpMetricsCollector());

    private static ConnectionParams parameters() {
        ConnectionParams parameters = new ConnectionParams();
        parameters.setClientProperties(Map.of());
        return parameters;
    }

    @Test
    void framesLeaveAtOnceWhereNoBundleIsOpen() throws Exception {
        publish();

        assertThat(calls).containsExactly("writeFrame", "flush");
    }

    @Test
    void framesOfABundleLeaveTogether() throws Exception {
        try (BundlingConnection.Bundle bundle = connection.bundle()) {
            publish();
            publish();
        }

        assertThat(calls).containsExactly("writeFrame", "writeFrame", "flush");
    }

    @Test
    void framesLeaveAtOnceAgainAfterABundle() throws Exception {
        connection.bundle().close();
        calls.clear();

        publish();

        assertThat(calls).containsExactly("writeFrame", "flush");
    }

    // As the client does it with each method, over a connection that is not open here.
    private void publish() throws Exception {
        network.writeFrame(new Frame(8, 0));
        connection.flush();
    }
}

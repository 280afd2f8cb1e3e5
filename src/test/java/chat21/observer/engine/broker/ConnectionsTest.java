package chat21.observer.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.settings.address.AmqpAddress;
import chat21.observer.tls.ClientTls;

class ConnectionsTest {

    @ParameterizedTest
    @CsvSource({"amqp://guest:guest@localhost, 7", "amqp://guest:guest@localhost/%2F?heartbeat=60, 60",
        "amqp://guest:guest@localhost?heartbeat=60, 60"})
    void theHeartbeatOfTheAddressWinsOverTheSetting(String uri, int expected) {
        BrokerSettings broker = new BrokerSettings(AmqpAddress.of(uri), 7, ClientTls.usual());

        assertThat(Connections.factory(broker, "test").getRabbitConnectionFactory().getRequestedHeartbeat()).isEqualTo(expected);
    }
}

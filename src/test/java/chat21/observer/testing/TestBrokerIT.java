package chat21.observer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@Tag("broker")
class TestBrokerIT {

    @Test
    void aKilledBrokerComesBackWithItsDurableMessages() throws Exception {
        try (TestBroker broker = TestBroker.start()) {
            try (Connection connection = connect(broker); Channel channel = connection.createChannel()) {
                channel.queueDeclare("kept", true, false, false, Map.of());
            }
            // RabbitMQ 3 writes what queues there are a while after it has said that they exist.
            broker.stop();
            broker.restart();

            try (Connection connection = connect(broker); Channel channel = connection.createChannel()) {
                channel.confirmSelect();
                channel.basicPublish(
                        "", "kept", MessageProperties.PERSISTENT_BASIC, "hello".getBytes(StandardCharsets.UTF_8));
                channel.waitForConfirmsOrDie(Patience.seconds(30).toMillis());

                broker.kill();
                await().untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", broker.amqpPort()).close())
                        .isInstanceOf(ConnectException.class));
            } catch (java.io.IOException | com.rabbitmq.client.AlreadyClosedException e) {
                // The connection went with the broker.
            }

            broker.restart();

            try (Connection connection = connect(broker); Channel channel = connection.createChannel()) {
                assertThat(channel.basicGet("kept", true).getBody()).asString().isEqualTo("hello");
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "broker.version", matches = ".+", disabledReason = "any version will do")
    void theBrokerIsOfTheVersionThatWasAskedFor() throws Exception {
        try (Connection connection = connect(TestBroker.shared())) {
            assertThat(connection.getServerProperties().get("version")).hasToString(System.getProperty("broker.version"));
        }
    }

    @Test
    @Tag("broker")
    void whatClientsRetainIsHandedOnAndNotKept() {
        String user = "user-" + UUID.randomUUID();
        try (ChatClient page = ChatClient.of(user).connect(TestBroker.shared());
                ChatClient later = ChatClient.of(user).quiet().connect(TestBroker.shared())) {
            later.subscribe(page.tree("presence/" + page.clientId()));
            page.publish(page.tree("presence/" + page.clientId()), "{\"connected\":true,\"again\":true}");

            later.awaitOne(received -> received.text().contains("again"));
            assertThat(later.received()).hasSize(1);
        }
    }

    @Test
    void twoBrokersRunBesideEachOther() throws Exception {
        TestBroker shared = TestBroker.shared();
        try (TestBroker own = TestBroker.start();
                Connection one = connect(shared);
                Connection two = connect(own)) {
            one.createChannel().queueDeclare("only-here", false, false, true, Map.of());

            assertThatThrownBy(() -> two.createChannel().queueDeclarePassive("only-here"))
                    .hasRootCauseMessage(
                            "channel error; protocol method: #method<channel.close>(reply-code=404, reply-text=NOT_FOUND"
                                    + " - no queue 'only-here' in vhost '/', class-id=50, method-id=10)");
        }
    }

    private static Connection connect(TestBroker broker) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.amqpUri());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }
}

package chat21.observer.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import org.apache.camel.CamelContext;

import chat21.observer.Observer;
import chat21.observer.testing.TestBroker;

/** An observer with webhooks on, with short pauses, and with queues and a database of its own. */
final class WebhookObserver implements AutoCloseable {

    final String name = "hooks-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> settings = new HashMap<>();
    private final TestBroker broker;
    private final Connection connection;
    private Observer observer;
    private CamelContext camel;

    WebhookObserver(TestBroker broker, String endpoints) {
        this.broker = broker;
        this.connection = connect(broker);
        set("chat21.broker.uri", broker.amqpUri());
        set("chat21.queues.messages", name + ".messages");
        set("chat21.queues.persist", name + ".persist");
        set("chat21.queues.dead-letters", name + ".refused");
        set("chat21.queues.webhooks", name);
        set("chat21.database.url", "jdbc:h2:file:" + Path.of("target/test-observers", name, "chat").toAbsolutePath());
        set("camel.management.port", freePort());
        set("chat21.rest.port", freePort());
        set("chat21.webhooks.enabled", "true");
        set("chat21.webhooks.endpoints", endpoints);
        set("chat21.webhooks.first-delay-ms", "50");
        set("chat21.webhooks.delay-factor", "2");
        set("chat21.webhooks.down-pause-ms", "20");
        set("chat21.webhooks.timeout-ms", "1000");
    }

    WebhookObserver set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    WebhookObserver start() {
        observer = new Observer(Path.of("application.properties"), settings);
        try {
            camel = observer.start();
            return this;
        } catch (Exception e) {
            throw new IllegalStateException("The observer did not start.", e);
        }
    }

    void stop() {
        observer.close();
        observer = null;
    }

    CamelContext camel() {
        return camel;
    }

    /** Alice, or whoever is named, writes to Bob. */
    void send(String sender, String text) {
        publish("apps.tilechat.outgoing.users." + sender + ".messages.bob.outgoing", "{\"text\":\"" + text + "\"}");
    }

    void publish(String routingKey, String json) {
        try (Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("amq.topic", routingKey, MessageProperties.PERSISTENT_BASIC,
                    json.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many messages of a queue wait for a consumer. */
    long ready(String queue) {
        try (Channel channel = connection.createChannel()) {
            return channel.messageCount(queue);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    String deadLetters() {
        return name + ".dead-letters";
    }

    Connection connection() {
        return connection;
    }

    TestBroker broker() {
        return broker;
    }

    @Override
    public void close() {
        if (observer != null) {
            observer.close();
        }
        connection.abort(2_000);
    }

    private static Connection connect(TestBroker broker) {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(broker.amqpUri());
            return factory.newConnection("test");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

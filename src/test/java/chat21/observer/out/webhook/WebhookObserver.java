package chat21.observer.out.webhook;

import java.util.UUID;

import com.rabbitmq.client.Connection;
import org.apache.camel.CamelContext;

import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;

/** An observer with webhooks on and with short pauses. */
public final class WebhookObserver implements AutoCloseable {

    public final String name = "hooks-" + UUID.randomUUID().toString().substring(0, 8);
    private final ObserverSettings settings;
    private final AmqpClient amqp;
    private TestObserver observer;

    public WebhookObserver(TestBroker broker, String endpoints) {
        settings = ObserverSettings.at(broker);
        amqp = AmqpClient.at(broker);
        set("chat21.queues.webhooks", name);
        set("chat21.webhooks.enabled", "true");
        set("chat21.webhooks.endpoints", endpoints);
        set("chat21.webhooks.first-delay-ms", "50");
        set("chat21.webhooks.delay-factor", "2");
        set("chat21.webhooks.down-pause-ms", "20");
        set("chat21.webhooks.timeout-ms", "1000");
    }

    public WebhookObserver set(String key, String value) {
        settings.set(key, value);
        return this;
    }

    WebhookObserver database(TestDatabase database) {
        settings.database(database);
        return this;
    }

    public WebhookObserver start() {
        observer = settings.startHere();
        return this;
    }

    public void stop() {
        observer.close();
        observer = null;
    }

    CamelContext camel() {
        return observer.camel();
    }

    /** Alice, or whoever is named, writes to Bob. */
    public void send(String sender, String text) {
        publish("apps.tilechat.outgoing.users." + sender + ".messages.bob.outgoing", "{\"text\":\"" + text + "\"}");
    }

    void publish(String routingKey, String json) {
        amqp.publish(routingKey, json);
    }

    /** How many messages of a queue wait for a consumer. */
    public long ready(String queue) {
        return amqp.ready(queue);
    }

    public String deadLetters() {
        return name + ".dead-letters";
    }

    public Connection connection() {
        return amqp.connection();
    }

    public TestBroker broker() {
        return settings.broker();
    }

    @Override
    public void close() {
        if (observer != null) {
            observer.close();
        }
        amqp.close();
    }
}

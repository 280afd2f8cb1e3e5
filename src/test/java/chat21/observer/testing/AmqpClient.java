package chat21.observer.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;

/** A back end at the broker: publishes what it likes and looks into queues. For one thread. */
public final class AmqpClient implements AutoCloseable {

    private final Connection connection;

    private AmqpClient(Connection connection) {
        this.connection = connection;
    }

    /** Connects to a broker. */
    public static AmqpClient at(TestBroker broker) {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(broker.amqpUri());
            factory.setAutomaticRecoveryEnabled(false);
            return new AmqpClient(factory.newConnection("test"));
        } catch (Exception e) {
            throw new IllegalStateException("The broker cannot be reached.", e);
        }
    }

    /** The connection itself. */
    public Connection connection() {
        return connection;
    }

    /** Publishes on {@code amq.topic}; returns when the broker has it. */
    public void publish(String routingKey, byte[] body) {
        inChannel(channel -> {
            channel.confirmSelect();
            channel.basicPublish("amq.topic", routingKey, MessageProperties.PERSISTENT_BASIC, body);
            channel.waitForConfirmsOrDie(Patience.seconds(40).toMillis());
            return null;
        });
    }

    /** Publishes a text on {@code amq.topic}; returns when the broker has it. */
    public void publish(String routingKey, String body) {
        publish(routingKey, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for the next message of a queue, and takes it out. */
    public GetResponse awaitNext(String queue) {
        return await("a message in " + queue).pollInterval(Duration.ofMillis(20))
                .until(() -> inChannel(channel -> channel.basicGet(queue, true)), got -> got != null);
    }

    /** How many messages of a queue wait for a consumer. */
    public long ready(String queue) {
        return inChannel(channel -> channel.messageCount(queue));
    }

    /** How many consumers a queue has; -1 if there is no such queue. */
    public int consumers(String queue) {
        try {
            return (int) inChannel(channel -> channel.consumerCount(queue)).longValue();
        } catch (java.io.UncheckedIOException e) {
            return -1;
        }
    }

    /** Removes a queue, if it is there. */
    public void delete(String queue) {
        if (connection.isOpen()) {
            inChannel(channel -> channel.queueDelete(queue));
        }
    }

    /** Removes an exchange, if it is there. */
    public void deleteExchange(String exchange) {
        if (connection.isOpen()) {
            inChannel(channel -> channel.exchangeDelete(exchange));
        }
    }

    @Override
    public void close() {
        connection.abort(5_000);
    }

    private interface Work<T> {
        T in(Channel channel) throws Exception;
    }

    private <T> T inChannel(Work<T> work) {
        try (Channel channel = connection.createChannel()) {
            return work.in(channel);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

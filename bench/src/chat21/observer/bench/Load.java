package chat21.observer.bench;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;

import chat21.observer.tls.ClientTls;

/** Plays all the clients of one broker: publishes their messages, and reads every inbox through a private queue. */
final class Load implements AutoCloseable {

    static final String EXCHANGE = "amq.topic";
    private static final String INBOXES = "apps.*.users.*.messages.*.clientadded";
    /** As the MQTT plugin marks what a client publishes with QoS 1. */
    private static final AMQP.BasicProperties PERSISTENT = new AMQP.BasicProperties.Builder().deliveryMode(2).build();
    private static final int CLOSE_MILLIS = 5_000;

    private final Connection publishing;
    private final Connection reading;
    private final Channel publisher;
    private volatile Tracker tracker = new Tracker(0, 1, 1, () -> { });

    Load(String uri) throws IOException {
        try {
            ConnectionFactory factory = factory(uri);
            publishing = factory.newConnection("bench load");
            reading = factory.newConnection("bench inboxes");
        } catch (TimeoutException e) {
            throw new IOException("the broker does not answer", e);
        }
        publisher = publishing.createChannel();
        read(reading.createChannel());
    }

    /** Connections as the load and the relay use them: a lost one is an error, not something to mend. */
    static ConnectionFactory factory(String uri) {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(uri);
            if (factory.isSSL()) {
                // By itself the client takes any certificate.
                factory.useSslProtocol(ClientTls.of(System.getenv()).context());
                factory.enableHostnameVerification();
            }
        } catch (Exception e) {
            // Not shown, since it holds a password.
            throw new IllegalArgumentException("what was given as the broker's address is no AMQP URI", e);
        }
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }

    /** From now on copies are counted there. */
    void track(Tracker next) {
        tracker = next;
    }

    /** Sends one message of a conversation. */
    void send(Conversation conversation, int run, int number) {
        try {
            publisher.basicPublish(EXCHANGE, conversation.routingKey(), PERSISTENT, conversation.stamped(run, number));
        } catch (IOException e) {
            throw new UncheckedIOException("the broker does not take messages any more", e);
        }
    }

    /** Fails if the broker has gone. */
    void check() {
        if (!publisher.isOpen() || !reading.isOpen()) {
            throw new IllegalStateException("the broker closed the connection of the load: " + publisher.getCloseReason());
        }
    }

    /** What the broker says of itself: name and version. */
    String broker() {
        return publishing.getServerProperties().get("product") + " " + publishing.getServerProperties().get("version");
    }

    private void read(Channel channel) throws IOException {
        channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.TOPIC, true);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, EXCHANGE, INBOXES);
        channel.queueBind(queue, EXCHANGE, Arrivals.ROUTING_KEY);
        channel.basicConsume(queue, true, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                if (envelope.getRoutingKey().equals(Arrivals.ROUTING_KEY)) {
                    Arrivals.read(body, tracker, System.nanoTime());
                } else {
                    tracker.arrived(envelope.getRoutingKey(), body, System.nanoTime());
                }
            }
        });
    }

    @Override
    public void close() {
        publishing.abort(CLOSE_MILLIS);
        reading.abort(CLOSE_MILLIS);
    }
}

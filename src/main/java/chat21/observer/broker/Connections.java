package chat21.observer.broker;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * The two connections to the broker. Consuming and publishing are apart, since a broker that is short of memory stops
 * reading from a connection that publishes, and acknowledgements must still get through.
 */
public final class Connections implements AutoCloseable {

    private final CachingConnectionFactory consuming;
    private final CachingConnectionFactory publishing;

    private Connections(CachingConnectionFactory consuming, CachingConnectionFactory publishing) {
        this.consuming = consuming;
        this.publishing = publishing;
    }

    /**
     * Prepares the connections; none is opened yet.
     *
     * @throws AmqpException if the URI cannot be read
     */
    public static Connections to(BrokerSettings settings) {
        return new Connections(factory(settings, "chat21-consume"), factory(settings, "chat21-publish"));
    }

    /** Prepares one connection of that name, which it shows at the broker. */
    public static CachingConnectionFactory factory(BrokerSettings settings, String name) {
        CachingConnectionFactory factory = new CachingConnectionFactory();
        factory.setUri(settings.uri());
        factory.setConnectionNameStrategy(f -> name);
        factory.setConnectionTimeout(5_000);
        factory.getRabbitConnectionFactory().setAutomaticRecoveryEnabled(false);
        // What strangers publish may fill many frames; a body beyond this is cut off by the client itself.
        factory.getRabbitConnectionFactory().setMaxInboundMessageBodySize(64 * 1024 * 1024);
        return factory;
    }

    /** For consumers and topology. */
    public ConnectionFactory consuming() {
        return consuming;
    }

    /** For publishers. */
    public ConnectionFactory publishing() {
        return publishing;
    }

    /** Whether both connections are open now, opening them if need be. */
    public boolean areOpen() {
        try {
            return consuming.createConnection().isOpen() && publishing.createConnection().isOpen();
        } catch (AmqpException e) {
            return false;
        }
    }

    @Override
    public void close() {
        consuming.destroy();
        publishing.destroy();
    }
}

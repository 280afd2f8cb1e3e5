package chat21.observer.engine.broker;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Channel;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.RabbitUtils;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import chat21.observer.internals.rabbitmq.BundlingConnection;
import chat21.observer.settings.StartFailure;

/**
 * The connections to the broker. Consuming and publishing are apart, since a broker that is short of memory stops reading
 * from a connection that publishes, and acknowledgements must still get through. What clients say comes on a connection of
 * its own, which is not read while there is too much of it. What waits for other systems has a connection and threads of its
 * own.
 */
public final class Connections implements AutoCloseable {

    private static final long RETRY_MS = 200;
    private static final int RPC_MS = 30_000;

    private final CachingConnectionFactory receiving;
    private final CachingConnectionFactory consuming;
    private final CachingConnectionFactory publishing;
    private final CachingConnectionFactory delivering;

    private String user;
    private volatile boolean blocked;

    private Connections(BrokerSettings settings, Intake intake) {
        receiving = factory(settings, "chat21-receive", intake);
        consuming = factory(settings, "chat21-consume");
        publishing = factory(settings, "chat21-publish");
        delivering = factory(settings, "chat21-deliver");
        publishing.addConnectionListener(connection -> {
            blocked = false;
            connection.getDelegate().addBlockedListener(reason -> blocked = true, () -> blocked = false);
        });
        // The client's own few threads serve all consumers of a connection, and these wait for slow receivers.
        CustomizableThreadFactory threads = new CustomizableThreadFactory("chat21-deliver-");
        threads.setDaemon(true);
        delivering.setExecutor(Executors.newCachedThreadPool(threads));
    }

    /** Prepares the connections; none is opened yet. */
    public static Connections to(BrokerSettings settings) {
        return to(settings, Intake.unbounded());
    }

    /** The same, with a bound of what is taken from the broker at once. */
    public static Connections to(BrokerSettings settings, Intake intake) {
        return new Connections(settings, intake);
    }

    /** Prepares one connection of that name, which it shows at the broker. */
    public static CachingConnectionFactory factory(BrokerSettings settings, String name) {
        return factory(settings, name, Intake.unbounded());
    }

    private static CachingConnectionFactory factory(BrokerSettings settings, String name, Intake intake) {
        CachingConnectionFactory factory = new CachingConnectionFactory(new BundlingConnection.Factory(intake::await));
        settings.configure(factory.getRabbitConnectionFactory());
        factory.setAddressResolver(settings::addresses);
        factory.setConnectionNameStrategy(f -> name);
        // What a broker says no word to for so long, though its connection is alive, fails; ten minutes by default.
        factory.getRabbitConnectionFactory().setChannelRpcTimeout(RPC_MS);
        factory.getRabbitConnectionFactory().setChannelShouldCheckRpcResponseType(true);
        // What strangers publish may fill many frames; a body beyond this is cut off by the client itself.
        factory.getRabbitConnectionFactory().setMaxInboundMessageBodySize(64 * 1024 * 1024);
        return factory;
    }

    /** For the consumers of what clients say. */
    public ConnectionFactory receiving() {
        return receiving;
    }

    /** For other consumers and topology. */
    public ConnectionFactory consuming() {
        return consuming;
    }

    /** For publishers. */
    public ConnectionFactory publishing() {
        return publishing;
    }

    /** For consumers that wait for other systems: each channel is served by a thread of its own. */
    public ConnectionFactory delivering() {
        return delivering;
    }

    /** The user that this application is to the broker, which is asked with a message to that exchange if need be. */
    public synchronized String user(String exchange) {
        if (user == null) {
            user = BrokerUser.find(publishing, publishing.getUsername(),
                    publishing.getRabbitConnectionFactory().getPassword(), exchange);
        }
        return user;
    }

    /**
     * Returns once the broker can be reached.
     *
     * @param timeoutMs how long to wait for one that is not there yet, in ms
     * @throws AmqpException if it is not there in time, or refuses
     */
    public void await(long timeoutMs) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (true) {
            try {
                consuming.createConnection();
                return;
            } catch (AmqpConnectException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("interrupted while waiting for the broker", e);
        }
    }

    /** Whether the connections of the chat are open now, opening them if need be. */
    public boolean areOpen() {
        return problem() == null;
    }

    /** Why one of them cannot be opened, in words; null if all are open. */
    public String problem() {
        try {
            return isOpen(receiving) && isOpen(consuming) && isOpen(publishing) ? null : "a connection is closed at once";
        } catch (AmqpException e) {
            return StartFailure.innermost(e);
        }
    }

    /**
     * Whether the broker takes nothing from publishers, being short of memory or disk. It tells a connection only when
     * that publishes, so this publishes a message that no queue gets, and the next question knows the answer.
     */
    public boolean isBlocked() {
        if (!blocked) {
            try (Channel channel = publishing.createConnection().createChannel(false)) {
                channel.basicPublish("", "chat21.health", null, new byte[0]);
            } catch (AmqpException | IOException | TimeoutException e) {
                return false;
            }
        }
        return blocked;
    }

    // A lost connection comes back only when a channel of it is asked for.
    private static boolean isOpen(CachingConnectionFactory factory) {
        Connection connection = factory.createConnection();
        if (!connection.isOpen()) {
            RabbitUtils.closeChannel(connection.createChannel(false));
        }
        return connection.isOpen();
    }

    @Override
    public void close() {
        receiving.destroy();
        consuming.destroy();
        publishing.destroy();
        delivering.destroy();
    }
}

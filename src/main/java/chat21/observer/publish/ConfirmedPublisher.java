package chat21.observer.publish;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Channel;
import org.springframework.amqp.rabbit.connection.ChannelProxy;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Publishes many messages and then waits once until the broker has confirmed them all. It keeps one channel and is used
 * by one thread.
 */
public final class ConfirmedPublisher implements AutoCloseable {

    // Confirms may take long while the broker holds publishers back; the wait is cut into slices to see a closed channel.
    private static final long SLICE_MS = 1_000;

    private final ConnectionFactory connections;
    private Connection connection;
    private Channel channel;

    public ConfirmedPublisher(ConnectionFactory connections) {
        this.connections = connections;
    }

    /**
     * Hands the messages to the broker, in order.
     *
     * @throws IOException if the connection is lost; what was handed over is then unconfirmed
     */
    public void publish(List<Publication> publications) throws IOException {
        // One channel for all: another one would know nothing of what the first leaves unconfirmed.
        Channel open = openChannel();
        for (Publication p : publications) {
            open.basicPublish(p.exchange(), p.routingKey(), p.properties(), p.body());
        }
    }

    /**
     * Returns when the broker has taken responsibility for all that was published.
     *
     * @throws IOException if it refused some, or the connection was lost
     */
    public void awaitConfirms() throws IOException, InterruptedException {
        if (channel == null) {
            return;
        }
        while (true) {
            try {
                if (channel.waitForConfirms(SLICE_MS)) {
                    return;
                }
                throw new IOException("the broker did not take all messages");
            } catch (TimeoutException e) {
                // Publishing again would double what the broker merely holds back; only a lost channel ends the wait.
                if (!channel.isOpen()) {
                    throw new IOException("the channel was closed before the broker confirmed", e);
                }
            }
        }
    }

    private Channel openChannel() throws IOException {
        if (channel == null || !channel.isOpen()) {
            close();
            connection = connections.createConnection();
            // Spring's own channels reopen behind one's back, and then without confirms; asking for one reopens a lost
            // connection, though.
            channel = ((ChannelProxy) connection.createChannel(false)).getTargetChannel();
            channel.confirmSelect();
        }
        return channel;
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.abort();
            } catch (IOException | RuntimeException e) {
                // It is closed or its connection lost: either way it is gone.
                org.slf4j.LoggerFactory.getLogger(ConfirmedPublisher.class).debug("channel not closed", e);
            }
        }
        channel = null;
        connection = null;
    }
}

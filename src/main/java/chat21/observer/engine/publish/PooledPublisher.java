package chat21.observer.engine.publish;

import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import chat21.observer.message.Publication;

/** Publishes for many threads, each with a channel of its own while it waits for the broker's confirms. */
public final class PooledPublisher implements AutoCloseable {

    private final ConnectionFactory connections;
    private final long timeoutMs;
    private final Deque<Channel> idle = new ConcurrentLinkedDeque<>();

    /** @param timeoutMs how long to wait for the broker to confirm */
    public PooledPublisher(ConnectionFactory connections, long timeoutMs) {
        this.connections = connections;
        this.timeoutMs = timeoutMs;
    }

    /** Says that the broker refused some of the messages, such as for a full queue, and took the others. */
    public static final class NotTaken extends IOException {
        public NotTaken() {
            super("the broker did not take all messages");
        }
    }

    /**
     * Publishes in order, and returns when the broker has taken responsibility for all of it.
     *
     * @throws NotTaken if it refused some
     * @throws IOException if it did not in time, or the connection was lost
     */
    public void publish(List<Publication> publications) throws IOException, InterruptedException {
        if (publications.isEmpty()) {
            return;
        }
        Channel channel = take();
        boolean confirmed = false;
        try {
            for (Publication p : publications) {
                channel.basicPublish(p.exchange(), p.routingKey(), p.properties(), p.body());
            }
            confirmed = channel.waitForConfirms(timeoutMs);
            if (!confirmed) {
                throw new NotTaken();
            }
        } catch (TimeoutException e) {
            throw new IOException("the broker did not confirm within " + timeoutMs + " ms", e);
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection was lost before the broker confirmed", e);
        } finally {
            if (confirmed) {
                idle.push(channel);
            } else {
                channel.abort();
            }
        }
    }

    private Channel take() throws IOException {
        for (Channel channel = idle.poll(); channel != null; channel = idle.poll()) {
            if (channel.isOpen()) {
                return channel;
            }
        }
        // The library's own channel: the factory's would be shared with others once it is given back.
        Channel channel = connections.createConnection().getDelegate().createChannel();
        if (channel == null) {
            throw new IOException("the connection has no channel left");
        }
        channel.confirmSelect();
        return channel;
    }

    @Override
    public void close() {
        for (Channel channel = idle.poll(); channel != null; channel = idle.poll()) {
            try {
                channel.abort();
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(PooledPublisher.class).debug("channel not closed", e);
            }
        }
    }
}

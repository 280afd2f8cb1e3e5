package chat21.observer.publish;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;

import com.rabbitmq.client.Channel;
import org.springframework.amqp.rabbit.connection.ChannelProxy;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import chat21.observer.broker.BundlingConnection;

/**
 * Publishes many messages at a time, whose confirms can be awaited later and by another thread. It keeps one channel, and
 * one thread publishes.
 */
public final class ConfirmedPublisher implements AutoCloseable {

    private final ConnectionFactory connections;
    private Channel channel;
    private Confirms confirms;

    /** @param connections those that {@code Connections} prepared */
    public ConfirmedPublisher(ConnectionFactory connections) {
        this.connections = connections;
    }

    /**
     * Hands the messages to the broker, in order.
     *
     * @return what it still has to confirm
     * @throws IOException if the connection is lost, now or since what is yet unconfirmed was handed over: whoever
     *                     publishes that again keeps the order by doing so first
     */
    public Confirmation publish(List<Publication> publications) throws IOException {
        return publish(publications.iterator());
    }

    /** Does so with messages that are made as their turn comes. */
    Confirmation publish(Iterator<Publication> publications) throws IOException {
        if (!publications.hasNext()) {
            return Confirmation.NONE;
        }
        // One channel for all: another one would know nothing of what the first leaves unconfirmed.
        Channel open = openChannel();
        Confirms of = confirms;
        try (BundlingConnection.Bundle bundle = BundlingConnection.bundleOn(open)) {
            while (publications.hasNext()) {
                Publication p = publications.next();
                open.basicPublish(p.exchange(), p.routingKey(), p.properties(), p.body());
            }
        }
        return of.upTo(open.getNextPublishSeqNo() - 1);
    }

    private Channel openChannel() throws IOException {
        // One on which the broker has refused something cannot tell any more what it has taken.
        if (channel != null && (!channel.isOpen() || confirms.hasRefused())) {
            boolean hasLost = !confirms.isDone(channel.getNextPublishSeqNo() - 1);
            close();
            if (hasLost) {
                throw new IOException("the channel was lost, and with it perhaps what was published before");
            }
        }
        if (channel == null) {
            // Spring's own channels reopen behind one's back, and then without confirms; asking for one reopens a lost
            // connection, though.
            channel = ((ChannelProxy) connections.createConnection().createChannel(false)).getTargetChannel();
            confirms = Confirms.of(channel);
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
        confirms = null;
    }
}

package chat21.observer.engine.partition;

import java.io.IOException;
import java.util.Map;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Counts the nodes that share the partitions: each consumes a queue that nothing is sent to, and the broker forgets it with
 * its connection. The partitions themselves do not tell, since a quorum queue counts only the active consumer.
 */
final class Nodes {

    // The broker removes a queue that nobody has used for an hour.
    private static final Map<String, Object> CLASSIC_FOR_NOW = Map.of("x-queue-type", "classic", "x-expires", 3_600_000);

    private final ConnectionFactory connections;
    private final String queue;
    private Channel channel;

    Nodes(ConnectionFactory connections, String queue) {
        this.connections = connections;
        this.queue = queue;
    }

    /** How many there are, this one included. */
    synchronized int count() throws IOException {
        if (channel == null || !channel.isOpen()) {
            channel = connections.createConnection().getDelegate().createChannel();
            channel.queueDeclare(queue, true, false, false, CLASSIC_FOR_NOW);
            channel.basicConsume(queue, true, new DefaultConsumer(channel));
        }
        AMQP.Queue.DeclareOk found = channel.queueDeclarePassive(queue);
        return found.getConsumerCount();
    }
}

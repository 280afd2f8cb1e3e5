package chat21.observer.engine.partition;

import java.io.IOException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Lets one node at a time change the partitions: the broker lets no other connection have an exclusive queue of the same
 * name, and takes it away when its connection ends, with all consumers of that connection.
 */
final class ChangeLock {

    private final ConnectionFactory connections;
    private final String queue;

    ChangeLock(ConnectionFactory connections, String queue) {
        this.connections = connections;
        this.queue = queue;
    }

    /** Whether this node has it now. */
    boolean tryAcquire() throws IOException {
        Channel channel = channel();
        try {
            channel.queueDeclare(queue, false, true, false, null);
            return true;
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException shutdown
                    && shutdown.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == AMQP.RESOURCE_LOCKED) {
                return false;
            }
            throw e;
        } finally {
            channel.abort();
        }
    }

    /** Lets other nodes have it. */
    void release() throws IOException {
        Channel channel = channel();
        try {
            channel.queueDelete(queue);
        } finally {
            channel.abort();
        }
    }

    private Channel channel() throws IOException {
        return connections.createConnection().getDelegate().createChannel();
    }
}

package chat21.observer.api.gate;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** What the broker keeps for MQTT clients: for each session a queue that is called after the client's id. */
class Sessions {

    private static final String QUEUE = "mqtt-subscription-";
    /** The names of all these queues, for a policy of the broker. */
    static final String QUEUES = "^" + QUEUE;

    private final ConnectionFactory connections;

    Sessions(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** Whether a queue of that name is kept for this client. */
    static boolean isQueueOf(String clientId, String queue) {
        return queue.equals(queue(clientId, 0)) || queue.equals(queue(clientId, 1));
    }

    private static String queue(String clientId, int qos) {
        return QUEUE + clientId + "qos" + qos;
    }

    /**
     * Ends the session of a client that is not connected, and what waits in it.
     *
     * @return whether there is none any more; false while the client is connected
     * @throws IOException if the broker cannot be asked
     */
    boolean end(String clientId) throws IOException {
        // A channel of Spring's would log the broker's no, which is an answer here, as an error.
        try (Channel channel = connections.createConnection().getDelegate().createChannel()) {
            channel.queueDelete(queue(clientId, 0), true, false);
            channel.queueDelete(queue(clientId, 1), true, false);
            return true;
        } catch (IOException e) {
            if (isInUse(e)) {
                return false;
            }
            throw e;
        } catch (AmqpException | AlreadyClosedException | TimeoutException e) {
            throw new IOException("the broker does not answer", e);
        }
    }

    // Of a clean session RabbitMQ 4 says that it is the connection's own, of any other that somebody reads from it.
    private static boolean isInUse(IOException e) {
        return e.getCause() instanceof ShutdownSignalException signal && signal.getReason() instanceof AMQP.Channel.Close close
                && (close.getReplyCode() == AMQP.PRECONDITION_FAILED || close.getReplyCode() == AMQP.RESOURCE_LOCKED);
    }
}

package chat21.observer.engine.broker;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;

/**
 * Goes through a queue from its oldest message on, as an operator does. What is not taken out stays in its place: it is
 * held unacknowledged until the end, so that no message is met twice, and the broker then has it back in its order. That
 * holds too if the process ends halfway.
 */
public final class QueueBrowser {

    private static final long CONFIRM_MS = 30_000;

    private final Connection connection;
    private final String queue;

    public QueueBrowser(Connection connection, String queue) {
        this.connection = connection;
        this.queue = queue;
    }

    /** What to do about a message. */
    public enum Fate {
        /** It stays, and the walk goes on. */
        STAYS,
        /** It leaves the queue, and the walk goes on. */
        LEAVES,
        /** It stays, and the walk ends here. */
        ENDS
    }

    /** Looks at a message; the channel is the one that holds it, and may publish. */
    @FunctionalInterface
    public interface Visitor {
        Fate visit(Channel channel, GetResponse message) throws IOException, TimeoutException;
    }

    /** Visits all messages that are in the queue at the beginning, unless the visitor ends the walk. */
    public void walk(Visitor visitor) throws IOException, TimeoutException {
        try (Channel channel = connection.createChannel()) {
            for (long left = channel.messageCount(queue); left > 0; left--) {
                GetResponse message = channel.basicGet(queue, false);
                if (message == null) {
                    return;
                }
                Fate fate = visitor.visit(channel, message);
                if (fate == Fate.ENDS) {
                    return;
                }
                if (fate == Fate.LEAVES) {
                    channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
                }
            }
        }
    }

    /**
     * Takes those messages out of the queue that fit.
     *
     * @return how many have left it
     */
    public int takeOut(Predicate<GetResponse> fits) throws IOException, TimeoutException {
        int[] left = {0};
        walk((channel, message) -> {
            if (!fits.test(message)) {
                return Fate.STAYS;
            }
            left[0]++;
            return Fate.LEAVES;
        });
        return left[0];
    }

    /**
     * Publishes a message and waits until the broker has taken responsibility for it.
     *
     * @return whether it has reached a queue
     * @throws IOException if the broker did not confirm
     */
    public static boolean publish(Channel channel, String exchange, String routingKey, BasicProperties properties,
            byte[] body) throws IOException, TimeoutException {
        AtomicBoolean returned = new AtomicBoolean();
        channel.clearReturnListeners();
        channel.addReturnListener(message -> returned.set(true));
        channel.confirmSelect();
        channel.basicPublish(exchange, routingKey, true, properties, body);
        try {
            // The broker returns what reaches no queue before it confirms it.
            channel.waitForConfirmsOrDie(CONFIRM_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return !returned.get();
    }
}

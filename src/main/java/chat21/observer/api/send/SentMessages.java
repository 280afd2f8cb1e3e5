package chat21.observer.api.send;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import chat21.observer.engine.publish.SendAnswers;
import chat21.observer.protocol.Refusal;

/**
 * Messages that were sent by this process, and wait to hear what the flow makes of them, on whichever node that happens. The
 * flow answers to a queue that is this process's own and goes with its connection; nobody's thread waits.
 */
public final class SentMessages implements AutoCloseable {

    private final ConnectionFactory connections;
    private final Map<String, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
    private Channel channel;
    private String queue;

    public SentMessages(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** What the flow says: that a message is stored, or refused; or nothing so far. */
    enum State {
        STORED, REFUSED, UNKNOWN
    }

    /**
     * What the flow says of a message.
     *
     * @param state   what became of it
     * @param refusal why it was refused, or null
     */
    record Answer(State state, Refusal refusal) {

        private static final Answer NONE = new Answer(State.UNKNOWN, null);

        static Answer of(BasicProperties properties) {
            Refusal refusal = SendAnswers.refusal(properties);
            return refusal == null ? new Answer(State.STORED, null) : new Answer(State.REFUSED, refusal);
        }
    }

    /**
     * The queue where this process waits.
     *
     * @throws IOException if the broker gives it none
     */
    synchronized String queue() throws IOException {
        if (channel == null || !channel.isOpen()) {
            channel = connections.createConnection().getDelegate().createChannel();
            if (channel == null) {
                throw new IOException("the connection has no channel left");
            }
            queue = channel.queueDeclare("", false, true, true, null).getQueue();
            channel.basicConsume(queue, true, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                    answer(properties);
                }
            });
        }
        return queue;
    }

    /** Begins to wait for what becomes of a message, for so long at most. */
    CompletableFuture<Answer> await(String id, long timeoutMs) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        answer.completeOnTimeout(Answer.NONE, timeoutMs, TimeUnit.MILLISECONDS)
                .whenComplete((given, thrown) -> waiting.remove(id));
        return answer;
    }

    /** Waits no longer: who still does hears that nothing is known so far. */
    @Override
    public void close() {
        waiting.values().forEach(answer -> answer.complete(Answer.NONE));
    }

    private void answer(BasicProperties properties) {
        CompletableFuture<Answer> answer =
                properties.getCorrelationId() == null ? null : waiting.get(properties.getCorrelationId());
        if (answer != null) {
            answer.complete(Answer.of(properties));
        }
    }
}

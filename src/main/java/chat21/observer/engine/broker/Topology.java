package chat21.observer.engine.broker;

import java.util.Map;

import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.protocol.Kind;

/**
 * The queues of the observer and what they are bound to: declared here alone, durable, with the exact shapes of
 * protocol section 2.
 *
 * @param type                 what the broker makes of the queues
 * @param exchange             the topic exchange that clients publish to
 * @param messagesQueue        the queue of everything that clients say
 * @param persistQueue         the queue of what back ends want stored
 * @param singleActiveConsumer whether these two serve one consumer at a time
 * @param deadLetters          the queue of what was refused
 * @param maxDeadLetters       how many refused messages are kept; the oldest go first
 */
public record Topology(QueueType type, String exchange, String messagesQueue, String persistQueue, boolean singleActiveConsumer,
        String deadLetters, int maxDeadLetters) {

    /** Declares all but the queues of messages; what exists already with the same properties stays as it is. */
    public void declare(RabbitAdmin admin) {
        admin.declareQueue(queueOfMessages(persistQueue, singleActiveConsumer));
        admin.declareBinding(new Binding(persistQueue, Binding.DestinationType.QUEUE, exchange, Kind.PERSIST.binding(), Map.of()));
        admin.declareQueue(type.durable(deadLetters).maxLength((long) maxDeadLetters).build());
    }

    /** A queue of messages that this application works on. */
    public Queue queueOfMessages(String name, boolean singleActive) {
        // One consumer at a time, however many nodes there are: that is what keeps the order of a queue.
        QueueBuilder durable = type.durable(name);
        if (type == QueueType.QUORUM) {
            // RabbitMQ 4 gives up what it has handed over twenty times in vain.
            durable.deadLetterExchange("").deadLetterRoutingKey(deadLetters);
        }
        return (singleActive ? durable.singleActiveConsumer() : durable).build();
    }

    /** The environment variable that names a queue. */
    public String variableOf(String queue) {
        if (queue.equals(messagesQueue) || queue.startsWith(messagesQueue + ".")) {
            return "QUEUE_MESSAGES";
        }
        if (queue.equals(persistQueue)) {
            return "QUEUE_PERSIST";
        }
        return queue.equals(deadLetters) ? "QUEUE_DEAD_LETTERS" : "QUEUE_WEBHOOKS";
    }
}

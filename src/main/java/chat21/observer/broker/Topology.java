package chat21.observer.broker;

import java.util.List;
import java.util.Map;

import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/**
 * The queues of the observer and what they are bound to: declared here alone, durable, with the exact shapes of
 * protocol section 2.
 *
 * @param exchange       the topic exchange that clients publish to
 * @param messagesQueue  the queue of everything that clients say
 * @param deadLetters    the queue of what was refused
 * @param maxDeadLetters how many refused messages are kept; the oldest go first
 */
public record Topology(String exchange, String messagesQueue, String deadLetters, int maxDeadLetters) {

    private static final List<String> MESSAGE_KEYS = List.of("apps.*.outgoing.users.*.messages.*.outgoing");

    /** Declares everything; what exists already with the same properties stays as it is. */
    public void declare(RabbitAdmin admin) {
        // One consumer at a time, however many nodes there are: that is what keeps the order of a queue.
        admin.declareQueue(QueueBuilder.durable(messagesQueue).singleActiveConsumer().build());
        for (String key : MESSAGE_KEYS) {
            admin.declareBinding(new Binding(messagesQueue, Binding.DestinationType.QUEUE, exchange, key, Map.of()));
        }
        Queue letters = QueueBuilder.durable(deadLetters).maxLength((long) maxDeadLetters).build();
        admin.declareQueue(letters);
    }
}

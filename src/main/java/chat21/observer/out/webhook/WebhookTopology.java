package chat21.observer.out.webhook;

import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.engine.broker.QueueType;

/**
 * The queues of webhooks, declared here alone, durable: one for each endpoint, one for each of its pauses, and one for
 * all that was given up. A queue's pause is part of its name, so that another schedule gets other queues and what waits
 * in the old ones still comes back.
 */
final class WebhookTopology {

    private final WebhookSettings settings;
    private final QueueType type;

    WebhookTopology(WebhookSettings settings, QueueType type) {
        this.settings = settings;
        this.type = type;
    }

    /** Declares everything; what exists already with the same properties stays as it is. */
    void declare(RabbitAdmin admin) {
        long max = settings.maxWaiting();
        admin.declareQueue(durable(settings.deadLetters()).maxLength(max).build());
        for (Endpoint endpoint : settings.endpoints()) {
            admin.declareQueue(durable(endpoint.queue()).maxLength(max)
                    .deadLetterExchange("").deadLetterRoutingKey(settings.deadLetters()).build());
            for (long delay : endpoint.options().retries(settings.retries()).delays()) {
                // The time to live is the queue's, not the message's: a message waits for none with a longer pause.
                admin.declareQueue(durable(endpoint.retryQueue(delay)).maxLength(max)
                        .withArgument("x-message-ttl", delay)
                        .deadLetterExchange("").deadLetterRoutingKey(endpoint.queue()).build());
            }
        }
    }

    // What waits for a receiver that is away belongs on the disk, where a quorum queue has it anyway.
    private QueueBuilder durable(String name) {
        return type == QueueType.CLASSIC ? type.durable(name).lazy() : type.durable(name);
    }
}

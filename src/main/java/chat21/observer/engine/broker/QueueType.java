package chat21.observer.engine.broker;

import java.util.Locale;

import org.springframework.amqp.core.QueueBuilder;

import chat21.observer.settings.Settings;

/** What the broker makes of a queue. */
public enum QueueType {
    /** On one node of the broker. */
    CLASSIC,
    /** On several nodes of a RabbitMQ cluster, which agree on each message: it outlives the loss of some of them. */
    QUORUM;

    /** Reads the setting. */
    public static QueueType from(Settings settings) {
        return valueOf(settings.text("chat21.queues.type").toUpperCase(Locale.ROOT));
    }

    /** Begins to describe a durable queue of this type. */
    public QueueBuilder durable(String name) {
        QueueBuilder durable = QueueBuilder.durable(name);
        return this == QUORUM ? durable.quorum() : durable;
    }
}

package chat21.observer.broker;

import java.util.Locale;

import org.springframework.amqp.core.QueueBuilder;

import chat21.observer.settings.Settings;
import chat21.observer.settings.WrongSetting;

/** What the broker makes of a queue. */
public enum QueueType {
    /** On one node of the broker. */
    CLASSIC,
    /** On several nodes of a RabbitMQ cluster, which agree on each message: it outlives the loss of some of them. */
    QUORUM;

    private static final String KEY = "chat21.queues.type";

    /**
     * Reads the setting.
     *
     * @throws WrongSetting if it names no type
     */
    public static QueueType from(Settings settings) {
        String value = settings.text(KEY);
        for (QueueType type : values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(value)) {
                return type;
            }
        }
        throw new WrongSetting(KEY, "must be classic or quorum, but is '" + value + "'");
    }

    /** Begins to describe a durable queue of this type. */
    public QueueBuilder durable(String name) {
        QueueBuilder durable = QueueBuilder.durable(name);
        return this == QUORUM ? durable.quorum() : durable;
    }
}

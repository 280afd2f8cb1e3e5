package chat21.observer.engine.partition;

import java.io.IOException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.core.ChannelCallback;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Asks the broker what is there, and throws an {@link AmqpException} where it does not say. */
record BrokerProbe(RabbitTemplate broker) {

    /** Whether its connection is open; nothing is done to open it. */
    boolean isConnected() {
        try {
            return broker.getConnectionFactory().createConnection().isOpen();
        } catch (AmqpException e) {
            return false;
        }
    }

    /** Whether there is a queue of that name. */
    boolean hasQueue(String queue) {
        return look(queue) != null;
    }

    /** Whether there is an exchange of that name. */
    boolean hasExchange(String exchange) {
        return ask(channel -> channel.exchangeDeclarePassive(exchange)) != null;
    }

    /** Makes a topic exchange, which is not there; those that a broker brings along cannot be missing. */
    void makeExchange(String exchange) {
        ask(channel -> channel.exchangeDeclare(exchange, "topic", true));
    }

    /** How many messages of a queue wait for a consumer. */
    int waiting(String queue) {
        AMQP.Queue.DeclareOk found = look(queue);
        return found == null ? 0 : found.getMessageCount();
    }

    /** How many consumers a queue has, active or not. */
    int consumers(String queue) {
        AMQP.Queue.DeclareOk found = look(queue);
        return found == null ? 0 : found.getConsumerCount();
    }

    private AMQP.Queue.DeclareOk look(String queue) {
        return ask(channel -> channel.queueDeclarePassive(queue));
    }

    private <T> T ask(ChannelCallback<T> question) {
        return broker.execute(channel -> {
            // On a channel of its own, since the broker closes it when what is asked for is not there.
            Channel own = channel.getConnection().createChannel();
            try {
                return question.doInRabbit(own);
            } catch (IOException e) {
                if (isNotFound(e)) {
                    return null;
                }
                throw e;
            } finally {
                own.abort();
            }
        });
    }

    // Of a queue whose node is away the broker says the same in other words; it is there, and cannot be made again.
    private static boolean isNotFound(IOException e) {
        return e.getCause() instanceof ShutdownSignalException shutdown
                && shutdown.getReason() instanceof AMQP.Channel.Close close && close.getReplyCode() == AMQP.NOT_FOUND
                && !close.getReplyText().contains("home node");
    }
}

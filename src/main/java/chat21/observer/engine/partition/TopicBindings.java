package chat21.observer.engine.partition;

import java.io.IOException;

import com.rabbitmq.client.Channel;

import chat21.observer.protocol.Kind;

/**
 * Leads everything that clients say from the exchange that they publish to somewhere else, or no longer.
 *
 * @param exchange the topic exchange that clients publish to
 */
record TopicBindings(String exchange) {

    Void bind(Channel channel, String to) throws IOException {
        for (String key : Kind.bindingsOfMessages()) {
            channel.exchangeBind(to, exchange, key);
        }
        return null;
    }

    Void unbind(Channel channel, String to) throws IOException {
        for (String key : Kind.bindingsOfMessages()) {
            channel.exchangeUnbind(to, exchange, key);
        }
        return null;
    }

    Void bindQueue(Channel channel, String queue) throws IOException {
        for (String key : Kind.bindingsOfMessages()) {
            channel.queueBind(queue, exchange, key);
        }
        return null;
    }

    Void unbindQueue(Channel channel, String queue) throws IOException {
        for (String key : Kind.bindingsOfMessages()) {
            channel.queueUnbind(queue, exchange, key);
        }
        return null;
    }
}

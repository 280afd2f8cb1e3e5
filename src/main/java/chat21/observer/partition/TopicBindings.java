package chat21.observer.partition;

import java.io.IOException;

import com.rabbitmq.client.Channel;

import chat21.observer.broker.Topology;

/**
 * Leads everything that clients say from the exchange that they publish to somewhere else, or no longer.
 *
 * @param exchange the topic exchange that clients publish to
 */
record TopicBindings(String exchange) {

    Void bind(Channel channel, String to) throws IOException {
        for (String key : Topology.MESSAGE_KEYS) {
            channel.exchangeBind(to, exchange, key);
        }
        return null;
    }

    Void unbind(Channel channel, String to) throws IOException {
        for (String key : Topology.MESSAGE_KEYS) {
            channel.exchangeUnbind(to, exchange, key);
        }
        return null;
    }

    Void bindQueue(Channel channel, String queue) throws IOException {
        for (String key : Topology.MESSAGE_KEYS) {
            channel.queueBind(queue, exchange, key);
        }
        return null;
    }

    Void unbindQueue(Channel channel, String queue) throws IOException {
        for (String key : Topology.MESSAGE_KEYS) {
            channel.queueUnbind(queue, exchange, key);
        }
        return null;
    }
}

package chat21.observer.internals.rabbitmq;

import java.util.List;

import org.apache.camel.component.springrabbit.CamelDirectMessageListenerContainer;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;

/**
 * A listener container that stops by closing its channels. To cancel a consumer first, as containers do, would let the
 * broker hand newer messages to the next consumer while older ones are still held here; a channel that closes gives
 * back all that it holds, in its place, in the same moment.
 */
final class ClosingContainer extends CamelDirectMessageListenerContainer {

    ClosingContainer(SpringRabbitMQEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public void shutdown(Runnable callback) {
        consumersLock.lock();
        try {
            // What a consumer does when its cancellation is confirmed is to close its channel.
            List.copyOf(consumers).forEach(consumer -> consumer.handleCancelOk(consumer.getConsumerTag()));
            consumers.clear();
        } finally {
            consumersLock.unlock();
        }
        super.shutdown(callback);
    }
}

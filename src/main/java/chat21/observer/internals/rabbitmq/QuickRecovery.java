package chat21.observer.internals.rabbitmq;

import org.apache.camel.component.springrabbit.DefaultListenerContainerFactory;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;

/**
 * Listener containers that come back a second after the broker does, and leave retrying to the flow itself. Those of the
 * flow stop by closing their channels, which keeps the order; those with a connection of their own finish what they have.
 */
public final class QuickRecovery extends DefaultListenerContainerFactory {

    private static final long INTERVAL_MS = 1_000;

    @Override
    public AbstractMessageListenerContainer createListenerContainer(SpringRabbitMQEndpoint endpoint) {
        boolean isOfTheFlow = endpoint.getConnectionFactory() == endpoint.getComponent().getConnectionFactory();
        AbstractMessageListenerContainer container =
                isOfTheFlow ? closing(endpoint) : super.createListenerContainer(endpoint);
        container.setAdviceChain();
        container.setRecoveryInterval(INTERVAL_MS);
        container.setMissingQueuesFatal(false);
        if (container instanceof DirectMessageListenerContainer direct) {
            direct.setMonitorInterval(INTERVAL_MS);
            direct.setFailedDeclarationRetryInterval(INTERVAL_MS);
        }
        return container;
    }

    private static ClosingContainer closing(SpringRabbitMQEndpoint endpoint) {
        ClosingContainer container = new ClosingContainer(endpoint);
        container.setQueueNames(endpoint.getQueues().split(","));
        container.setAcknowledgeMode(endpoint.getAcknowledgeMode());
        container.setAutoDeclare(endpoint.isAutoDeclare());
        container.setPrefetchCount(endpoint.getPrefetchCount());
        container.setShutdownTimeout(endpoint.getComponent().getShutdownTimeout());
        container.setConsumerArguments(endpoint.getConsumerArgs());
        return container;
    }
}

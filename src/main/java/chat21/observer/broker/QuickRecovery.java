package chat21.observer.broker;

import org.apache.camel.component.springrabbit.ListenerContainerFactory;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;

/** Listener containers that come back a second after the broker does, and leave retrying to the flow itself. */
public final class QuickRecovery implements ListenerContainerFactory {

    private static final long INTERVAL_MS = 1_000;

    @Override
    public AbstractMessageListenerContainer createListenerContainer(SpringRabbitMQEndpoint endpoint) {
        ClosingContainer container = new ClosingContainer(endpoint);
        container.setQueueNames(endpoint.getQueues().split(","));
        container.setAcknowledgeMode(endpoint.getAcknowledgeMode());
        container.setAutoDeclare(endpoint.isAutoDeclare());
        container.setPrefetchCount(endpoint.getPrefetchCount());
        container.setShutdownTimeout(endpoint.getComponent().getShutdownTimeout());
        container.setConsumerArguments(endpoint.getConsumerArgs());
        container.setRecoveryInterval(INTERVAL_MS);
        container.setMissingQueuesFatal(false);
        container.setMonitorInterval(INTERVAL_MS);
        container.setFailedDeclarationRetryInterval(INTERVAL_MS);
        return container;
    }
}

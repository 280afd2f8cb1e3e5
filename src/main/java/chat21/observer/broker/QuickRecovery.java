package chat21.observer.broker;

import org.apache.camel.component.springrabbit.DefaultListenerContainerFactory;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;

/** Listener containers that come back a second after the broker does, and leave retrying to the flow itself. */
public final class QuickRecovery extends DefaultListenerContainerFactory {

    private static final long INTERVAL_MS = 1_000;

    @Override
    public AbstractMessageListenerContainer createListenerContainer(SpringRabbitMQEndpoint endpoint) {
        AbstractMessageListenerContainer container = super.createListenerContainer(endpoint);
        container.setAdviceChain();
        container.setRecoveryInterval(INTERVAL_MS);
        container.setMissingQueuesFatal(false);
        if (container instanceof DirectMessageListenerContainer direct) {
            direct.setMonitorInterval(INTERVAL_MS);
            direct.setFailedDeclarationRetryInterval(INTERVAL_MS);
        }
        return container;
    }
}

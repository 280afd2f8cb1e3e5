package chat21.observer;

import java.util.List;
import java.util.function.Consumer;

import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.broker.BrokerSettings;
import chat21.observer.broker.Connections;
import chat21.observer.broker.EdgeProperties;
import chat21.observer.broker.QueueConflict;
import chat21.observer.broker.QuickRecovery;
import chat21.observer.broker.RawBytes;
import chat21.observer.broker.Topology;
import chat21.observer.settings.Settings;

/** Builds what leads to the broker. */
final class BrokerWiring {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWiring.class);

    private final BrokerSettings settings;
    private final Connections connections;
    private final Topology topology;
    private final long startWaitMs;

    BrokerWiring(Settings settings) {
        this.settings = new BrokerSettings(settings.required("chat21.broker.uri"));
        this.connections = Connections.to(this.settings);
        this.startWaitMs = settings.millis("chat21.broker.start-wait-ms", 0, 3_600_000);
        this.topology = new Topology(settings.required("chat21.broker.exchange"),
                settings.required("chat21.queues.messages"), settings.required("chat21.queues.persist"),
                settings.flag("chat21.queues.single-active-consumer"),
                settings.required("chat21.queues.dead-letters"),
                settings.number("chat21.queues.dead-letters.max-length", 1, 100_000_000));
    }

    BrokerSettings settings() {
        return settings;
    }

    Connections connections() {
        return connections;
    }

    Topology topology() {
        return topology;
    }

    /**
     * Declares the queues of the flow, and then those of others.
     *
     * @throws StartFailure if the broker cannot be reached or refuses
     */
    void declare(List<Consumer<RabbitAdmin>> others) {
        RabbitAdmin admin = new RabbitAdmin(connections.consuming());
        try {
            connections.await(startWaitMs);
            declareAll(admin, others);
        } catch (RuntimeException e) {
            throw new StartFailure(QueueConflict.in(e)
                    .map(conflict -> conflict.sentence(settings.address(), topology.variableOf(conflict.queue())))
                    .orElseGet(() -> "The broker at " + settings.address() + " cannot be used: "
                            + StartFailure.innermost(e) + ". Start one with bin/broker start, or set RABBITMQ_URI."), e);
        }
        // A broker that was killed, or set up anew, may have forgotten queues; nothing is consumed without them.
        connections.consuming().addConnectionListener(connection -> {
            try {
                declareAll(admin, others);
            } catch (RuntimeException e) {
                LOG.warn("The queues could not be declared anew: {}", StartFailure.innermost(e));
            }
        });
    }

    private void declareAll(RabbitAdmin admin, List<Consumer<RabbitAdmin>> others) {
        topology.declare(admin);
        others.forEach(other -> other.accept(admin));
    }

    /** The component that the routes consume with: strict at the edge, quick to come back. */
    SpringRabbitMQComponent component() {
        SpringRabbitMQComponent component = new SpringRabbitMQComponent();
        component.setConnectionFactory(connections.consuming());
        component.setListenerContainerFactory(new QuickRecovery());
        component.setMessageConverter(new RawBytes());
        component.setMessagePropertiesConverter(new EdgeProperties());
        component.setAutoDeclare(false);
        return component;
    }
}

package chat21.observer;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseAway;
import chat21.observer.engine.broker.BrokerSettings;
import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.broker.EdgeProperties;
import chat21.observer.engine.broker.Intake;
import chat21.observer.engine.broker.MissingPlugin;
import chat21.observer.engine.broker.QueueConflict;
import chat21.observer.engine.broker.QueueType;
import chat21.observer.engine.broker.RawBytes;
import chat21.observer.engine.broker.Topology;
import chat21.observer.engine.partition.MessageQueues;
import chat21.observer.engine.partition.Nodes;
import chat21.observer.engine.partition.Partitions;
import chat21.observer.engine.partition.TopologyWatch;
import chat21.observer.internals.rabbitmq.QuickRecovery;
import chat21.observer.settings.ActiveQueues;
import chat21.observer.settings.Settings;
import chat21.observer.settings.StartFailure;
import chat21.observer.settings.WrongSetting;
import chat21.observer.settings.address.AmqpAddress;
import chat21.observer.tls.ClientTls;
import chat21.observer.tls.TlsProblem;

/** Builds what leads to the broker. */
final class BrokerWiring implements AutoCloseable {

    private static final long NODE_INTERVAL_MS = 2_000;
    // The broker gives a silent peer up after three heartbeats at the latest.
    private static final long GONE_AFTER_HEARTBEATS_MS = 4_000;
    private static final Logger LOG = LoggerFactory.getLogger(BrokerWiring.class);

    private final BrokerSettings settings;
    private final Intake intake;
    private final Connections connections;
    private final Topology topology;
    private final long startWaitMs;
    private final Nodes nodes;
    private final MessageQueues messages;

    BrokerWiring(Settings settings, ClientTls tls, Database database) {
        this.settings = new BrokerSettings(settings.read("chat21.broker.uri", AmqpAddress::of),
                settings.number("chat21.broker.heartbeat-s"), tls);
        this.intake = new Intake(settings.number("chat21.prefetch-bytes"));
        this.connections = Connections.to(this.settings, intake);
        this.startWaitMs = settings.millis("chat21.broker.start-wait-ms");
        this.topology = new Topology(QueueType.from(settings),
                settings.required("chat21.broker.exchange"),
                settings.required("chat21.queues.messages"), settings.required("chat21.queues.persist"),
                settings.flag("chat21.queues.single-active-consumer"),
                settings.required("chat21.queues.dead-letters"),
                settings.number("chat21.queues.dead-letters.max-length"));
        Partitions partitions = new Partitions(topology.messagesQueue(), settings.number("chat21.partitions"));
        boolean consumedHere = ActiveQueues.from(settings).has(ActiveQueues.MESSAGES);
        this.nodes = new Nodes(database, partitions, consumedHere,
                Math.min(NODE_INTERVAL_MS, settings.millis("chat21.partitions.balance-interval-ms")));
        this.messages = new MessageQueues(partitions, topology, connections.consuming(), nodes, consumedHere);
    }

    private BrokerWiring(BrokerSettings settings, Topology topology) {
        this.settings = settings;
        this.intake = Intake.unbounded();
        this.connections = Connections.to(settings, intake);
        this.topology = topology;
        this.startWaitMs = 0;
        this.nodes = null;
        this.messages = null;
    }

    /**
     * The same broker over connections of its own, for a flow that nobody hears: what it publishes goes where no queue is, and
     * nothing is declared or consumed.
     */
    BrokerWiring silent() {
        return new BrokerWiring(settings, new Topology(topology.type(), "", topology.messagesQueue(),
                topology.persistQueue(), false, "chat21.nobody", topology.maxDeadLetters()));
    }

    /** What this process is called among those that share the queues. */
    String nodeName() {
        return nodes == null ? Nodes.newName() : nodes.name();
    }

    /** The queues of what clients say. */
    MessageQueues messages() {
        return messages;
    }

    BrokerSettings settings() {
        return settings;
    }

    /** What was taken from the broker and is not done. */
    Intake intake() {
        return intake;
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
            messages.declare(settings.heartbeatSeconds() * GONE_AFTER_HEARTBEATS_MS);
        } catch (WrongSetting | DatabaseAway e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StartFailure(MissingPlugin.in(e).map(plugin -> plugin.sentence(settings.address()))
                    .or(() -> QueueConflict.in(e).map(conflict ->
                            conflict.sentence(settings.address(), topology.variableOf(conflict.queue()))))
                    .or(() -> TlsProblem.in(e).map(problem -> "The broker at " + settings.address() + " cannot be used: "
                            + problem + "."))
                    .orElseGet(() -> "The broker at " + settings.address() + " cannot be used: "
                            + StartFailure.innermost(e) + ". Start one with bin/broker start, or set RABBITMQ_URI."), e);
        }
        // A broker that was killed, or set up anew, may have forgotten queues; nothing is consumed without them.
        ConnectionListener declaring = connection -> {
            try {
                declareAll(admin, others);
                messages.declareAgain();
            } catch (RuntimeException e) {
                LOG.warn("The queues could not be declared anew: {}", StartFailure.innermost(e));
            }
        };
        connections.consuming().addConnectionListener(declaring);
        connections.receiving().addConnectionListener(declaring);
    }

    /** Looks after all that was declared, and the queues of others by their names. */
    TopologyWatch watch(List<Consumer<RabbitAdmin>> others, Collection<String> otherQueues, CamelContext context,
            MeterRegistry meters) {
        RabbitAdmin admin = new RabbitAdmin(connections.consuming());
        return new TopologyWatch(connections, topology, messages, () -> declareAll(admin, others), otherQueues, context,
                meters);
    }

    private void declareAll(RabbitAdmin admin, List<Consumer<RabbitAdmin>> others) {
        topology.declare(admin);
        others.forEach(other -> other.accept(admin));
    }

    /** Queues that several nodes consume at the same time. */
    Set<String> queuesWithoutOwner() {
        return topology.singleActiveConsumer() ? Set.of() : Set.of(topology.messagesQueue(), topology.persistQueue());
    }

    /** The queue that a consumer of our broker names, declares not by itself, and would wait for in vain; as a sentence. */
    Optional<String> missingQueue(Endpoint source) {
        if (!(source instanceof SpringRabbitMQEndpoint queues) || queues.isAutoDeclare() || queues.getQueues() == null
                || queues.getConnectionFactory() != connections.receiving()) {
            return Optional.empty();
        }
        RabbitAdmin admin = new RabbitAdmin(connections.consuming());
        try {
            return Arrays.stream(queues.getQueues().split(",")).map(String::strip).filter(queue -> !queue.isEmpty())
                    .filter(queue -> admin.getQueueInfo(queue) == null).findFirst()
                    .map(queue -> "the broker has no queue '" + queue + "'");
        } catch (AmqpException e) {
            LOG.debug("The broker cannot be asked for queues", e);
            return Optional.empty();
        }
    }

    /** The component that the routes consume with: strict at the edge, quick to come back. */
    SpringRabbitMQComponent component() {
        SpringRabbitMQComponent component = new SpringRabbitMQComponent();
        component.setConnectionFactory(connections.receiving());
        component.setListenerContainerFactory(new QuickRecovery());
        component.setMessageConverter(new RawBytes());
        component.setMessagePropertiesConverter(new EdgeProperties());
        component.setAutoDeclare(false);
        return component;
    }

    @Override
    public void close() {
        connections.close();
    }
}

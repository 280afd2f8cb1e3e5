package chat21.observer.engine.partition;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.engine.broker.BindingProbe;
import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.broker.Topology;
import chat21.observer.protocol.Kind;
import chat21.observer.settings.StartFailure;
import chat21.observer.upkeep.Repeated;

/**
 * Looks again and again whether what the flow needs at the broker is there: the exchange, the queues and what is bound to
 * them, and a consumer of each queue. What is not is made again, counted, and told by health until the next look.
 */
public final class TopologyWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopologyWatch.class);
    // A binding that a probe cannot tell of is made again after so many looks, whether it is there or not.
    private static final int LOOKS_BETWEEN_DECLARATIONS = 15;
    // A consumer that is just being replaced is none that is missing.
    private static final int LOOKS_WITHOUT_CONSUMER = 2;
    private static final long END_MS = 1_000;

    private final Connections connections;
    private final Topology topology;
    private final MessageQueues messages;
    private final Runnable declaring;
    private final Collection<String> others;
    private final CamelContext camel;
    private final BindingProbe bindings;
    private final BrokerProbe probe;
    private final Map<String, Counter> losses = new HashMap<>();
    private final Map<String, Integer> without = new HashMap<>();
    private int looks;
    private volatile String problem;
    private Repeated looking;

    /**
     * @param declaring makes everything again but the queues of messages
     * @param others    further queues that are made by it
     */
    public TopologyWatch(Connections connections, Topology topology, MessageQueues messages, Runnable declaring,
            Collection<String> others, CamelContext camel, MeterRegistry meters) {
        this.connections = connections;
        this.topology = topology;
        this.messages = messages;
        this.declaring = declaring;
        this.others = List.copyOf(others);
        this.camel = camel;
        this.bindings = new BindingProbe(connections.publishing(), topology.exchange(),
                connections.user(topology.exchange()));
        this.probe = new BrokerProbe(new RabbitAdmin(connections.consuming()).getRabbitTemplate());
        for (String what : List.of("exchange", "queue", "binding", "consumer")) {
            losses.put(what, Counter.builder("chat21_topology_losses").tag("what", what)
                    .description("What the flow needs at the broker, was not there, and was made again").register(meters));
        }
    }

    /** Begins to look every so many ms. */
    public void start(long intervalMs) {
        looking = Repeated.fromNowOn("chat21-topology", intervalMs, this::look);
    }

    /** What was not there when it looked last, and why if the broker said that, in words; null if nothing. */
    public String problem() {
        return problem;
    }

    private void look() throws Exception {
        if (!connections.areOpen() || !messages.isSettled()) {
            problem = null;
            return;
        }
        Set<String> lost = new LinkedHashSet<>();
        if (!probe.hasExchange(topology.exchange())) {
            lose("exchange", topology.exchange(), lost);
            probe.makeExchange(topology.exchange());
        }
        Map<String, String> away = new TreeMap<>();
        queues().forEach(queue -> lookForQueue(queue, lost, away));
        if (lost.isEmpty() && away.isEmpty() && !connections.isBlocked()) {
            lookForBindings(messages.names(), Kind.bindingsOfMessages(), lost);
            lookForBindings(List.of(topology.persistQueue()), List.of(Kind.PERSIST.binding()), lost);
        }
        if (away.isEmpty() && (!lost.isEmpty() || ++looks % LOOKS_BETWEEN_DECLARATIONS == 0)) {
            declaring.run();
            messages.declareAgain();
        }
        if (away.isEmpty()) {
            for (String queue : messages.names()) {
                lookForConsumer(queue, messages.routeOf(queue), lost);
            }
            lookForConsumer(topology.persistQueue(), "consume-persist", lost);
        }
        problem = !away.isEmpty() ? "not to be had at the broker: " + away
                : lost.isEmpty() ? null : "missing at the broker, and made again: " + String.join(", ", lost);
    }

    // One whose node is away can neither be made again nor consumed; its consumers come back with it.
    private void lookForQueue(String queue, Set<String> lost, Map<String, String> away) {
        try {
            if (!probe.hasQueue(queue)) {
                lose("queue", queue, lost);
            }
        } catch (AmqpException e) {
            away.put(queue, StartFailure.innermost(e));
        }
    }

    private Stream<String> queues() {
        return Stream.concat(Stream.concat(messages.names().stream(), others.stream()),
                Stream.of(topology.persistQueue(), topology.deadLetters()));
    }

    // Where messages wait, or nobody takes them, probes would only add to them.
    private void lookForBindings(List<String> to, List<String> keys, Set<String> lost) throws IOException {
        if (to.stream().allMatch(queue -> probe.waiting(queue) == 0 && probe.consumers(queue) > 0)) {
            bindings.unbound(keys).forEach(key -> lose("binding", key, lost));
        }
    }

    // The broker may have forgotten a consumer without a word; then its route is started anew.
    private void lookForConsumer(String queue, String route, Set<String> lost) throws Exception {
        if (camel.getRouteController().getRouteStatus(route) != ServiceStatus.Started || probe.consumers(queue) > 0) {
            without.remove(queue);
        } else if (without.merge(queue, 1, Integer::sum) >= LOOKS_WITHOUT_CONSUMER) {
            without.remove(queue);
            lose("consumer", "the consumer of " + queue, lost);
            camel.getRouteController().stopRoute(route);
            camel.getRouteController().startRoute(route);
        }
    }

    private void lose(String what, String name, Set<String> lost) {
        losses.get(what).increment();
        lost.add(name);
        LOG.warn("Missing at the broker, and made again: {} {}", what, name);
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.close(END_MS);
        }
    }
}

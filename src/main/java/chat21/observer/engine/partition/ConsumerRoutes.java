package chat21.observer.engine.partition;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that consume the queues of messages: one a queue, made from the template of {@code consume-messages.yaml}. */
final class ConsumerRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRoutes.class);
    private static final String TEMPLATE = "consume-messages";
    private static final String PERSIST = "consume-persist";

    private final CamelContext camel;
    private final Partitions partitions;
    // Routes that are to go on.
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    ConsumerRoutes(CamelContext camel, Partitions partitions) {
        this.camel = camel;
        this.partitions = partitions;
    }

    /** Consumes a queue, if this process is to consume messages at all. */
    void add(String queue) {
        String id = partitions.routeOf(queue);
        if (camel.getRoute(id) != null) {
            return;
        }
        // The steps of each route need ids of their own.
        TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(camel, TEMPLATE).routeId(id).prefixId(id + "-")
                .parameter("queue", queue);
        try {
            route.add();
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    /** Ends the consumer of a queue for now: the broker gets back at once, in its place, what is not acknowledged. */
    void stop(String queue) throws Exception {
        stopRoute(partitions.routeOf(queue));
    }

    /** The same with all queues that the flow has, for that reason. */
    void stopAll(String reason) throws Exception {
        for (Route route : camel.getRoutes()) {
            String id = route.getRouteId();
            if ((id.startsWith(TEMPLATE) || id.equals(PERSIST)) && camel.getRouteController().getRouteStatus(id).isStarted()) {
                LOG.warn("{} gives its queue up: {}", id, reason);
                stopRoute(id);
            }
        }
    }

    /** Consumes again what was stopped, as the last in line. */
    void resume() throws Exception {
        for (String id : stopped) {
            camel.getRouteController().startRoute(id);
            stopped.remove(id);
        }
    }

    private void stopRoute(String id) throws Exception {
        stopped.add(id);
        camel.getRouteController().stopRoute(id);
    }

    /** Ends the consumer of a queue for good. */
    void remove(String queue) throws Exception {
        if (camel.getRoute(partitions.routeOf(queue)) != null) {
            stop(queue);
            camel.removeRoute(partitions.routeOf(queue));
            stopped.remove(partitions.routeOf(queue));
        }
    }
}

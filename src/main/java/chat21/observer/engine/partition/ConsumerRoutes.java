package chat21.observer.engine.partition;

import java.util.List;

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

    private final CamelContext camel;
    private final Partitions partitions;

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

    /** Ends the consumer of a queue: the broker gets back at once, in its place, what is not acknowledged. */
    void stop(String queue) throws Exception {
        camel.getRouteController().stopRoute(partitions.routeOf(queue));
    }

    /** Consumes a queue again, as the last in line. */
    void start(String queue) throws Exception {
        camel.getRouteController().startRoute(partitions.routeOf(queue));
    }

    /** Ends the consumer of a queue for good. */
    void remove(String queue) throws Exception {
        if (camel.getRoute(partitions.routeOf(queue)) != null) {
            stop(queue);
            camel.removeRoute(partitions.routeOf(queue));
        }
    }

    /** Ends all consumers for good, as far as possible; the broker is not asked. */
    void removeAll() {
        for (Route route : List.copyOf(camel.getRoutes())) {
            if (route.getRouteId().startsWith(TEMPLATE)) {
                try {
                    camel.getRouteController().stopRoute(route.getRouteId());
                    camel.removeRoute(route.getRouteId());
                } catch (Exception e) {
                    LOG.debug("{} goes on", route.getRouteId(), e);
                }
            }
        }
    }
}

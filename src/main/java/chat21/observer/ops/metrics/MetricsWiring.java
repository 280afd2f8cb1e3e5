package chat21.observer.ops.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.springframework.amqp.core.QueueInformation;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.broker.Topology;
import chat21.observer.http.LenientRequests;
import chat21.observer.settings.Settings;

/** Builds what is measured beside the flow, and ends what it began. */
public final class MetricsWiring implements AutoCloseable {

    private static final String SCRAPED = "/observe/metrics";
    private static final String OLD_PATH = "/metrics";

    private final QueueDepths depths;

    /** @param otherQueues whose depths are told too, by their labels */
    public MetricsWiring(Settings settings, MeterRegistry meters, Topology topology, List<String> messageQueues,
            Map<String, String> otherQueues, Connections connections) {
        RabbitAdmin admin = new RabbitAdmin(connections.consuming());
        Map<String, String> queues = new LinkedHashMap<>();
        // A partition has its number after the word, whatever the queue is called.
        messageQueues.forEach(q -> queues.put("messages" + q.substring(topology.messagesQueue().length()), q));
        queues.put("persist", topology.persistQueue());
        queues.put("dead-letters", topology.deadLetters());
        queues.putAll(otherQueues);
        depths = new QueueDepths(queues, queue -> depth(admin, queue), meters);
        depths.start(settings.millis("chat21.metrics.queue-interval-ms"));
    }

    /** Answers scrapers of every kind, at the path of chat21-server too, on the same port. */
    public static void openToScrapers(CamelContext context) {
        context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                .filter(VertxPlatformHttpRouter::isManagementServer).forEach(router -> {
                    router.route().order(Integer.MIN_VALUE).handler(LenientRequests::acceptWhatThereIs);
                    router.route().order(Integer.MIN_VALUE + 1).handler(LenientRequests::answerHeadAsGet);
                    router.route(HttpMethod.GET, OLD_PATH).handler(request -> request.reroute(SCRAPED));
                });
    }

    private static Long depth(RabbitAdmin admin, String queue) {
        QueueInformation found = admin.getQueueInfo(queue);
        return found == null ? null : (long) found.getMessageCount();
    }

    @Override
    public void close() {
        depths.close();
    }
}

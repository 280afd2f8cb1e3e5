package chat21.observer.ops.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.upkeep.Repeated;

/**
 * How many messages wait in each queue. The broker is asked now and then on a thread of its own, so that whoever reads
 * the metrics never waits for it; while it does not answer the depths are unknown.
 */
final class QueueDepths implements AutoCloseable {

    // Nobody waits for a broker that does not answer.
    private static final long END_MS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(QueueDepths.class);

    private final Map<String, String> queues;
    private final Function<String, Long> broker;
    private final Map<String, Double> depths = new ConcurrentHashMap<>();
    private Repeated asking;

    /**
     * @param queues the names of the queues, by the label that stands for each
     * @param broker says how many messages wait in the queue of that name, or null if it is not there
     */
    QueueDepths(Map<String, String> queues, Function<String, Long> broker, MeterRegistry meters) {
        this.queues = queues;
        this.broker = broker;
        queues.keySet().forEach(label -> Gauge.builder("chat21_queue_messages", depths,
                known -> known.getOrDefault(label, Double.NaN)).tag("queue", label)
                .description("Messages in the queue that no consumer has yet").strongReference(true).register(meters));
    }

    void start(long intervalMs) {
        asking = Repeated.fromNowOn("chat21-queue-depths", intervalMs, this::ask);
    }

    private void ask() {
        queues.forEach((label, queue) -> {
            try {
                Long waiting = broker.apply(queue);
                depths.put(label, waiting == null ? Double.NaN : waiting.doubleValue());
            } catch (RuntimeException e) {
                depths.put(label, Double.NaN);
                LOG.debug("The depth of {} is not known", queue, e);
            }
        });
    }

    @Override
    public void close() {
        if (asking != null) {
            asking.close(END_MS);
        }
    }
}

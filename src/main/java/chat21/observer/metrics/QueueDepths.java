package chat21.observer.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many messages wait in each queue. The broker is asked now and then on a thread of its own, so that whoever reads
 * the metrics never waits for it; while it does not answer the depths are unknown.
 */
final class QueueDepths implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueDepths.class);

    private final Map<String, String> queues;
    private final Function<String, Long> broker;
    private final Map<String, Double> depths = new ConcurrentHashMap<>();
    private final ScheduledExecutorService asker = Executors
            .newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", "chat21-queue-depths", true));

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
        asker.scheduleWithFixedDelay(this::ask, 0, intervalMs, TimeUnit.MILLISECONDS);
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
        asker.shutdownNow();
    }
}

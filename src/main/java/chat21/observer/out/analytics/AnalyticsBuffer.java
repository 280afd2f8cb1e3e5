package chat21.observer.out.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Holds events until they are sent; when it is full the new ones are dropped and counted. */
final class AnalyticsBuffer implements Consumer<AnalyticsEvent> {

    private final BlockingQueue<AnalyticsEvent> waiting;
    private final Counter dropped;

    AnalyticsBuffer(int capacity, MeterRegistry meters) {
        waiting = new ArrayBlockingQueue<>(capacity);
        dropped = Counter.builder("chat21_analytics_events_dropped")
                .description("Analytics events lost because the buffer was full").register(meters);
        Gauge.builder("chat21_analytics_events_waiting", waiting, BlockingQueue::size)
                .description("Analytics events that wait to be sent").register(meters);
    }

    @Override
    public void accept(AnalyticsEvent event) {
        if (!waiting.offer(event)) {
            dropped.increment();
        }
    }

    /** Up to so many of the oldest events; none if nothing came within that time. */
    List<AnalyticsEvent> take(int most, long timeoutMs) throws InterruptedException {
        List<AnalyticsEvent> taken = new ArrayList<>();
        AnalyticsEvent first = waiting.poll(timeoutMs, TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            waiting.drainTo(taken, most - 1);
        }
        return taken;
    }
}

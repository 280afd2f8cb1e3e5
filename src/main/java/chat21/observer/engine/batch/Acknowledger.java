package chat21.observer.engine.batch;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Collectors;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.message.Delivery;
import chat21.observer.message.FanOut;

/**
 * Tells the broker that batches are done: one acknowledgement a channel, for all deliveries up to a batch's last. A batch
 * is done when nothing that was held back of its messages is under way any more, and none before the ones before it, so
 * that what a broker hands over again is always the end of what was stored. For one thread.
 */
public final class Acknowledger {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    private final Unacknowledged unacknowledged;
    private final Map<Channel, Queue<Confirmed>> waiting = new HashMap<>();

    /** @param unacknowledged what is told of what is acknowledged */
    public Acknowledger(Unacknowledged unacknowledged) {
        this.unacknowledged = unacknowledged;
    }

    /** What came in a batch over one channel: the last tag, and what of it is still under way. */
    private record Confirmed(long tag, List<FanOut> underWay) {
        boolean isDone() {
            return underWay.stream().allMatch(FanOut::isServed);
        }
    }

    /** Acknowledges the batch, whose deliveries are the oldest unacknowledged ones of their channels, now or later. */
    public Batch acknowledge(Batch batch) {
        if (batch.isOfPortions()) {
            batch.portions().forEach(portion -> portion.fanOut().portionServed());
        } else {
            batch.deliveries().stream().collect(Collectors.groupingBy(Delivery::channel, LinkedHashMap::new,
                    Collectors.toList())).forEach(this::add);
        }
        waiting.forEach(this::acknowledgeDone);
        waiting.entrySet().removeIf(e -> e.getValue().isEmpty() || !e.getKey().isOpen());
        batch.markAcknowledged();
        return batch;
    }

    private void add(Channel channel, List<Delivery> deliveries) {
        long last = deliveries.stream().mapToLong(Delivery::tag).max().orElseThrow();
        List<FanOut> underWay = deliveries.stream().map(Delivery::fanOut).filter(f -> f != null && !f.isServed()).toList();
        waiting.computeIfAbsent(channel, c -> new ArrayDeque<>()).add(new Confirmed(last, underWay));
    }

    private void acknowledgeDone(Channel channel, Queue<Confirmed> confirmed) {
        long last = 0;
        while (!confirmed.isEmpty() && confirmed.peek().isDone()) {
            last = confirmed.remove().tag();
        }
        // To the broker, tag 0 would mean everything.
        if (last > 0) {
            acknowledge(channel, last);
        }
    }

    private void acknowledge(Channel channel, long tag) {
        // Spring opens a closed channel anew when it is told to acknowledge, and there the tag would mean another message.
        if (!channel.isOpen()) {
            LOG.info("A batch is not acknowledged, since its channel is closed; what came on it comes again");
            return;
        }
        try {
            channel.basicAck(tag, true);
            unacknowledged.acknowledged(channel, tag);
        } catch (IOException | AlreadyClosedException | IllegalStateException e) {
            // The broker will hand over again what came on it, and that will be recognised.
            LOG.info("A batch could not be acknowledged, since the connection is gone: {}", e.toString());
        }
    }
}

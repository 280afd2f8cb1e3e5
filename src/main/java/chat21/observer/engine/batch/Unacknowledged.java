package chat21.observer.engine.batch;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.rabbitmq.client.Channel;

import chat21.observer.message.Delivery;

/**
 * What was taken over and is not acknowledged, channel by channel in the order of the queue: what the broker hands over
 * again if the channel is lost. Of a queue whose channel is lost it is known until the channel after the next one.
 */
public final class Unacknowledged {

    // All that comes again comes in one go, so such a silence says that it is there; it is waited for where that matters only.
    private static final long QUIET_MS = 500;
    private static final long LOOK_MS = 5;

    private final Map<String, Deque<OfChannel>> byQueue = new ConcurrentHashMap<>();

    private record OfChannel(Channel channel, Deque<Delivery> deliveries) {
    }

    /** Takes a delivery over. For the thread of its queue's consumer alone. */
    public void add(Delivery delivery) {
        Deque<OfChannel> channels = byQueue.computeIfAbsent(delivery.queue(), q -> new ConcurrentLinkedDeque<>());
        if (channels.isEmpty() || channels.getLast().channel != delivery.channel()) {
            channels.add(new OfChannel(delivery.channel(), new ConcurrentLinkedDeque<>()));
            while (channels.size() > 2) {
                channels.removeFirst();
            }
        }
        channels.getLast().deliveries.add(delivery);
    }

    /** Says that all deliveries of a channel up to a tag are acknowledged. */
    void acknowledged(Channel channel, long tag) {
        for (Deque<OfChannel> channels : byQueue.values()) {
            for (OfChannel of : channels) {
                if (of.channel == channel) {
                    while (!of.deliveries.isEmpty() && of.deliveries.peekFirst().tag() <= tag) {
                        of.deliveries.pollFirst();
                    }
                }
            }
        }
    }

    /** What of a queue was lost with the channel before this one without having been stored, as far as this process knows. */
    public List<Delivery> lostUnstored(String queue, Channel channel) {
        List<Delivery> lost = new ArrayList<>();
        for (OfChannel of : byQueue.getOrDefault(queue, new ConcurrentLinkedDeque<>())) {
            if (of.channel != channel) {
                of.deliveries.stream().filter(d -> !d.alreadyStored() && d.isKnownToBeNew()).forEach(lost::add);
            }
        }
        return lost;
    }

    /** Whether so many of a kind came again through a channel after a delivery. */
    public boolean areRedeliveredAfter(Delivery delivery, long count, Predicate<Delivery> kind) {
        return redeliveredAfter(delivery, count, kind) >= count;
    }

    /**
     * How many of a kind came again through a channel after a delivery; if those are not enough, this returns when there is no
     * more of it to come.
     */
    public long redeliveredAfter(Delivery delivery, long enough, Predicate<Delivery> kind) {
        int before = -1;
        long quietSince = System.nanoTime();
        while (true) {
            List<Delivery> all = of(delivery);
            long now = System.nanoTime();
            if (all.size() != before) {
                before = all.size();
                quietSince = now;
            }
            long count = all.stream().filter(d -> d.redelivered() && d.tag() > delivery.tag() && kind.test(d)).count();
            // What was never handed over before comes after all that was.
            if (count >= enough || all.stream().anyMatch(d -> !d.redelivered()) || !delivery.channel().isOpen()
                    || now - quietSince > TimeUnit.MILLISECONDS.toNanos(QUIET_MS)) {
                return count;
            }
            pause();
        }
    }

    private List<Delivery> of(Delivery delivery) {
        for (OfChannel of : byQueue.getOrDefault(delivery.queue(), new ConcurrentLinkedDeque<>())) {
            if (of.channel == delivery.channel()) {
                return List.copyOf(of.deliveries);
            }
        }
        return List.of();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            // The thread of the batches is not to be interrupted, and goes on.
            org.slf4j.LoggerFactory.getLogger(Unacknowledged.class).debug("interrupted", e);
        }
    }
}

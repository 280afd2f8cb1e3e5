package chat21.observer.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * As much of RabbitMQ as the observer sees: queues with one active consumer, which get back in order what a closed channel
 * held; and inboxes that take copies or not, which it confirms in any order, one by one or many at once.
 */
final class SimulatedBroker {

    private final Scheduler scheduler;
    private final Course course;
    private final int prefetch;
    private final Map<String, Queue> queues = new LinkedHashMap<>();
    // Whose sessions are full until when, by a number that owners are counted by.
    private final Map<Integer, Long> full = new TreeMap<>();
    private boolean down;
    private int channels;

    /** What waits in a queue: a message, and whether a consumer had it before. */
    private static final class Entry {
        private final SentMessage message;
        private boolean redelivered;

        private Entry(SentMessage message) {
            this.message = message;
        }
    }

    /** Where messages wait, the oldest first, and who consumes them, the active one first. */
    private static final class Queue {
        private final NavigableMap<Integer, Entry> ready = new TreeMap<>();
        private final List<Consumer> consumers = new ArrayList<>();
        private int accepted;
    }

    /** Takes what comes from a queue. */
    interface Taker {
        void take(String queue, SentMessage message, boolean redelivered, SimulatedChannel channel, long tag);
    }

    private static final class Consumer {
        private final SimulatedChannel channel;
        private final Taker taker;
        private final NavigableMap<Long, Map.Entry<Integer, Entry>> unacknowledged = new TreeMap<>();
        private long tag;

        private Consumer(SimulatedChannel channel, Taker taker) {
            this.channel = channel;
            this.taker = taker;
        }
    }

    SimulatedBroker(Scheduler scheduler, Course course, int prefetch, List<String> names) {
        this.scheduler = scheduler;
        this.course = course;
        this.prefetch = prefetch;
        names.forEach(name -> queues.put(name, new Queue()));
    }

    boolean isDown() {
        return down;
    }

    void goDown() {
        down = true;
    }

    void comeUp() {
        down = false;
    }

    /** Takes no copies for some of the inboxes until a time. */
    void refuse(int which, long until) {
        full.put(which, until);
    }

    /** Takes copies again, but for the inboxes that are full for good. */
    void endRefusing() {
        full.values().removeIf(until -> until < Long.MAX_VALUE);
    }

    private boolean isFull(Copy copy) {
        return full.getOrDefault(Math.floorMod(copy.owner().hashCode(), 4), 0L) > scheduler.now();
    }

    /** A client's message, which is accepted from here on. */
    void accept(String queue, SentMessage message) {
        course.accepted(message);
        Queue into = queues.get(queue);
        into.ready.put(into.accepted++, new Entry(message));
        pump(queue, into);
    }

    SimulatedChannel channel(Link link) {
        return new SimulatedChannel(link, ++channels);
    }

    /** Begins to consume a queue, as the last in line. */
    SimulatedChannel consume(String name, Link link, Taker taker) {
        SimulatedChannel channel = channel(link);
        Queue queue = queues.get(name);
        Consumer consumer = new Consumer(channel, taker);
        channel.serveAtBroker(new SimulatedChannel.AtBroker() {
            @Override
            public void acknowledged(long tag) {
                Map<Long, Map.Entry<Integer, Entry>> done = consumer.unacknowledged.headMap(tag, true);
                if (done.isEmpty()) {
                    throw new AssertionError("tag " + tag + " of " + name + " is acknowledged twice");
                }
                done.values().forEach(each -> course.acknowledged(each.getValue().message));
                done.clear();
                pump(name, queue);
            }

            @Override
            public void published(long number, String exchange, String routingKey, byte[] body) {
                throw new AssertionError("published on a consumer's channel");
            }
        }, () -> {
            queue.consumers.remove(consumer);
            consumer.unacknowledged.values().forEach(each -> {
                each.getValue().redelivered = true;
                queue.ready.put(each.getKey(), each.getValue());
            });
            consumer.unacknowledged.clear();
            pump(name, queue);
        });
        link.toBroker(() -> {
            if (channel.isUp()) {
                queue.consumers.add(consumer);
                pump(name, queue);
            }
        });
        return channel;
    }

    private void pump(String name, Queue queue) {
        if (queue.consumers.isEmpty()) {
            return;
        }
        Consumer active = queue.consumers.get(0);
        while (active.unacknowledged.size() < prefetch && !queue.ready.isEmpty()) {
            Map.Entry<Integer, Entry> next = queue.ready.pollFirstEntry();
            long tag = ++active.tag;
            boolean redelivered = next.getValue().redelivered;
            SentMessage message = next.getValue().message;
            active.unacknowledged.put(tag, next);
            course.handedOver(message, redelivered);
            active.channel.link().toProcess(() -> {
                if (active.channel.isOpen()) {
                    active.taker.take(name, message, redelivered, active.channel, tag);
                }
            });
        }
    }

    /** A channel to publish on. */
    SimulatedChannel publisher(Link link) {
        SimulatedChannel channel = channel(link);
        Answers answers = new Answers(scheduler, channel);
        channel.serveAtBroker(new SimulatedChannel.AtBroker() {
            @Override
            public void acknowledged(long tag) {
                throw new AssertionError("acknowledged on a publisher's channel");
            }

            @Override
            public void published(long number, String exchange, String routingKey, byte[] body) {
                Copy copy = Copy.of(exchange, routingKey, body);
                boolean taken = copy == null || !isFull(copy);
                if (copy == null) {
                    course.refused(Copy.text(new String(body, StandardCharsets.UTF_8)));
                } else {
                    course.published(copy, Copy.id(body), taken);
                }
                answers.add(number, taken);
            }
        }, answers::forget);
        return channel;
    }

    /** Whether no message waits or is with a consumer. */
    boolean isEmpty() {
        return queues.values().stream().allMatch(queue -> queue.ready.isEmpty()
                && queue.consumers.stream().allMatch(consumer -> consumer.unacknowledged.isEmpty()));
    }

    /** What waits, and how much is with consumers. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        queues.forEach((name, queue) -> all.add(name + ": " + queue.ready.size() + " ready, consumers have "
                + queue.consumers.stream().map(c -> c.channel.link().host() + " " + c.unacknowledged.size()).toList()));
        return all.toString();
    }

    /** What the broker has yet to say of what came on a channel. */
    private static final class Answers {

        private final Scheduler scheduler;
        private final SimulatedChannel channel;
        // By number: whether it was taken, once that is known.
        private final NavigableMap<Long, Boolean> open = new TreeMap<>();
        private final NavigableMap<Long, Boolean> known = new TreeMap<>();

        private Answers(Scheduler scheduler, SimulatedChannel channel) {
            this.scheduler = scheduler;
            this.channel = channel;
        }

        private void add(long number, boolean taken) {
            open.put(number, taken);
            boolean isSlow = scheduler.random().nextInt(20) == 0;
            scheduler.after(scheduler.between(100_000, isSlow ? 40_000_000 : 3_000_000), null, () -> {
                if (open.containsKey(number)) {
                    known.put(number, taken);
                    if (scheduler.random().nextInt(3) == 0) {
                        say();
                    } else {
                        scheduler.after(1_000_000, null, this::say);
                    }
                }
            });
        }

        private void say() {
            sayMany();
            List<Long> rest = new ArrayList<>(known.keySet());
            Collections.shuffle(rest, scheduler.random());
            rest.forEach(number -> {
                channel.confirm(number, false, known.remove(number));
                open.remove(number);
            });
        }

        // Those of which all before them are known too, as far as the answer is the same.
        private void sayMany() {
            long last = 0;
            while (!open.isEmpty() && known.containsKey(open.firstKey())
                    && (last == 0 || known.get(open.firstKey()).equals(known.get(last)))) {
                if (last > 0) {
                    known.remove(last);
                }
                last = open.pollFirstEntry().getKey();
            }
            if (last > 0) {
                channel.confirm(last, true, known.remove(last));
            }
        }

        private void forget() {
            open.clear();
            known.clear();
        }
    }
}

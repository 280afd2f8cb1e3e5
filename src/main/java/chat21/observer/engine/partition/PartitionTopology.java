package chat21.observer.engine.partition;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;

import org.springframework.amqp.rabbit.core.ChannelCallback;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.engine.broker.Topology;
import chat21.observer.protocol.Kind;

/**
 * Makes and changes what leads messages to the partitions. Each step can be made again, and at none is a message
 * lost or doubled: a message that can take several ways to a queue comes once, and one that an exchange has no way for
 * takes that exchange's alternate.
 */
record PartitionTopology(RabbitAdmin admin, BrokerProbe probe, Topology topology, Partitions partitions) {

    private static final String ANY_KEY = "";

    /** How many partitions there are, whether anything leads to them or not; 0 where there is but the one queue. */
    int present() {
        int number = 0;
        while (probe.hasQueue(partitions.queue() + "." + number)) {
            number++;
        }
        return number;
    }

    /** Makes sure that the broker can spread messages, if it has to. */
    void requirePlugin() {
        if (partitions.count() > 1) {
            in(this::declareExchange);
        }
    }

    /** Whether there is nothing yet. */
    boolean isNew() {
        return !probe.hasQueue(partitions.queue()) && present() == 0 && !isChanging();
    }

    /** Whether it is as it should be. */
    boolean isSettled() {
        return !isChanging() && present() == (partitions.count() == 1 ? 0 : partitions.count());
    }

    /** Whether a change was begun and is not done. */
    boolean isChanging() {
        return probe.hasExchange(partitions.changing());
    }

    /** Whether a change was begun that has not yet led everything back to the one queue. */
    boolean isGathering() {
        return probe.hasExchange(partitions.gathering());
    }

    /** Declares all of it as it should be; only for what is new or settled. */
    void declare() {
        if (partitions.count() == 1) {
            declareQueue(partitions.queue(), topology.singleActiveConsumer());
        } else {
            declarePartitions();
        }
        leadStraight();
        in(channel -> channel.exchangeDelete(partitions.gathering()));
    }

    /** All queues that are there. */
    List<String> queues() {
        return Stream.concat(Stream.of(partitions.queue()), partitions.names(present()).stream()).filter(probe::hasQueue)
                .toList();
    }

    /** Leads all messages to the one queue, whatever led where before. */
    void gather() {
        boolean partitioned = present() > 0;
        in(channel -> channel.exchangeDeclare(partitions.gathering(), "fanout", true));
        if (!probe.hasQueue(partitions.queue())) {
            declareQueue(partitions.queue(), topology.singleActiveConsumer());
        }
        in(channel -> {
            declareExchange(channel);
            return channel.exchangeDeclare(partitions.changing(), "fanout", true, false,
                    Map.of("alternate-exchange", partitions.exchange()));
        });
        if (partitioned) {
            // Through the alternate of the exchange of the change to the partitions still, until one binding more leads to
            // the one queue instead.
            lead(partitions.changing());
            leadNoMore(partitions.exchange());
        }
        in(channel -> channel.queueBind(partitions.queue(), partitions.changing(), ANY_KEY));
        lead(partitions.changing());
        forKeys((channel, key) -> channel.queueUnbind(partitions.queue(), topology.exchange(), key));
    }

    /** Removes all partitions, which must be empty, since nothing leads to them any more; the last first, as they are counted. */
    void removePartitions() {
        for (int number = present() - 1; number >= 0; number--) {
            String queue = partitions.queue() + "." + number;
            if (probe.waiting(queue) > 0 || probe.consumers(queue) > 0) {
                throw new IllegalStateException(queue + " is still in use");
            }
            admin.deleteQueue(queue);
        }
        in(channel -> channel.exchangeDelete(partitions.exchange()));
    }

    /** Makes the new partitions, to which nothing leads yet. */
    void preparePartitions() {
        declarePartitions();
        in(channel -> channel.exchangeDelete(partitions.gathering()));
    }

    /** Leads all messages to the partitions, with one step. */
    void spread() {
        in(channel -> channel.queueUnbind(partitions.queue(), partitions.changing(), ANY_KEY));
    }

    /** Lets messages take the straight way to the queues that are to be consumed, which ends the change. */
    void settle() {
        leadStraight();
        leadNoMore(partitions.changing());
        in(channel -> channel.exchangeDelete(partitions.changing()));
        in(channel -> channel.exchangeDelete(partitions.gathering()));
    }

    private void leadStraight() {
        if (partitions.count() == 1) {
            forKeys((channel, key) -> channel.queueBind(partitions.queue(), topology.exchange(), key));
        } else {
            lead(partitions.exchange());
        }
    }

    private void declarePartitions() {
        partitions.queues().forEach(queue -> declareQueue(queue, true));
        in(channel -> {
            declareExchange(channel);
            for (String queue : partitions.queues()) {
                channel.queueBind(queue, partitions.exchange(), ANY_KEY);
            }
            return null;
        });
    }

    private void declareQueue(String name, boolean singleActiveConsumer) {
        admin.declareQueue(topology.queueOfMessages(name, singleActiveConsumer));
    }

    // Not x-consistent-hash: a broker that starts again gives its shares to other queues (see decision 7).
    private Void declareExchange(Channel channel) throws IOException {
        channel.exchangeDeclare(partitions.exchange(), "x-modulus-hash", true);
        return null;
    }

    private void lead(String to) {
        forKeys((channel, key) -> channel.exchangeBind(to, topology.exchange(), key));
    }

    private void leadNoMore(String to) {
        forKeys((channel, key) -> channel.exchangeUnbind(to, topology.exchange(), key));
    }

    /** What is done for one of the keys of what clients say. */
    @FunctionalInterface
    private interface OfKey {
        void run(Channel channel, String key) throws IOException;
    }

    private void forKeys(OfKey step) {
        in(channel -> {
            for (String key : Kind.bindingsOfMessages()) {
                step.run(channel, key);
            }
            return null;
        });
    }

    private <T> void in(ChannelCallback<T> work) {
        admin.getRabbitTemplate().execute(work);
    }
}

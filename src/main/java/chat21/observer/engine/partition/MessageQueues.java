package chat21.observer.engine.partition;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.broker.Topology;
import chat21.observer.engine.redelivery.QueueOwners;
import chat21.observer.engine.redelivery.RedeliveryLog;
import chat21.observer.settings.WrongSetting;

/** The queues of what clients say: makes them, changes their number, and has them consumed. */
public final class MessageQueues implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MessageQueues.class);
    private static final long POLL_MS = 500;

    private final Partitions partitions;
    private final boolean consumedHere;
    private final BrokerProbe probe;
    private final PartitionTopology topology;
    private final ChangeLock lock;
    private final Nodes nodes;
    private volatile boolean settled;
    private volatile boolean closed;
    private Thread changing;
    private Balance balance;

    /** @param consumedHere whether this process consumes them, and so can change their number */
    public MessageQueues(Partitions partitions, Topology topology, ConnectionFactory connections, boolean consumedHere) {
        this.partitions = partitions;
        this.consumedHere = consumedHere;
        RabbitAdmin admin = new RabbitAdmin(connections);
        this.probe = new BrokerProbe(admin.getRabbitTemplate());
        this.topology = new PartitionTopology(admin, probe, topology, partitions);
        this.lock = new ChangeLock(connections, partitions.lock());
        this.nodes = new Nodes(connections, partitions.nodes());
    }

    /** The names of the queues that are consumed. */
    public List<String> names() {
        return partitions.queues();
    }

    /**
     * Makes the queues, unless there are another number of them: then they stay as they are until {@link #start}.
     *
     * @param patienceMs how long a node that is gone may still count as a consumer
     * @throws WrongSetting if other nodes consume another number of partitions
     */
    public void declare(long patienceMs) {
        topology.requirePlugin();
        if (partitions.count() == 1 && topology.isSettled()) {
            settle();
            return;
        }
        awaitLock();
        if (topology.isSettled() || topology.isNew()) {
            settle();
            release();
        } else if (consumedHere) {
            requireNoConsumers(patienceMs);
        } else {
            LOG.warn("The broker has another number of partitions than {}; a node that consumes messages has to change it",
                    partitions.count());
            release();
        }
    }

    /** Makes the queues again where a broker has lost them; not while their number changes. */
    public void declareAgain() {
        if (settled) {
            topology.declare();
        }
    }

    /**
     * Has the queues consumed, after their number is changed if need be; that goes on while this returns.
     *
     * @param balanceMs how often to look whether this node consumes more than its share, in ms
     */
    public void start(CamelContext camel, BatchQueue batchQueue, RedeliveryLog redeliveryLog, QueueOwners owners,
            long balanceMs) {
        ConsumerRoutes routes = new ConsumerRoutes(camel, partitions);
        balance = new Balance(names(), nodes::count, owners, batchQueue, routes);
        if (settled || !consumedHere) {
            consume(routes, balanceMs);
        } else {
            PartitionChange change = new PartitionChange(topology, probe, partitions, routes, batchQueue, redeliveryLog,
                    () -> closed);
            changing = new Thread(() -> change(change, routes, balanceMs), "chat21-partitions");
            changing.start();
        }
    }

    private void change(PartitionChange change, ConsumerRoutes routes, long balanceMs) {
        while (!closed) {
            try {
                // The broker has taken it away if the connection was lost meanwhile.
                awaitLock();
                change.run();
                settled = true;
                consume(routes, balanceMs);
                release();
                return;
            } catch (CancellationException e) {
                LOG.info("The change of the partitions is interrupted; the next start goes on with it");
            } catch (Exception e) {
                LOG.warn("The change of the partitions is tried again: {}", e.toString().lines().findFirst().orElse(""));
                LOG.debug("The change failed by", e);
                routes.removeAll();
                pause();
            }
        }
    }

    private void consume(ConsumerRoutes routes, long balanceMs) {
        names().forEach(routes::add);
        if (partitions.count() > 1 && consumedHere) {
            balance.start(balanceMs);
        }
    }

    private void settle() {
        topology.declare();
        settled = true;
    }

    private void requireNoConsumers(long patienceMs) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        for (String queue : topology.queues()) {
            while (probe.consumers(queue) > 0) {
                if (System.nanoTime() > deadline) {
                    throw new WrongSetting("chat21.partitions", "is " + partitions.count() + " (PARTITIONS), but other"
                            + " nodes consume " + queue + " in another arrangement: stop them all before the number of"
                            + " partitions changes; messages wait in the broker meanwhile");
                }
                pause();
            }
        }
    }

    private void awaitLock() {
        try {
            for (boolean told = false; !lock.tryAcquire(); pause()) {
                if (!told) {
                    LOG.info("Waiting for another node that changes the partitions");
                    told = true;
                }
                if (closed) {
                    throw new CancellationException();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the right to change the partitions could not be asked for", e);
        }
    }

    private void release() {
        try {
            lock.release();
        } catch (IOException e) {
            LOG.debug("The broker releases the lock itself when this connection ends", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /** Whether they are as they should be, and not being changed. */
    boolean isSettled() {
        return settled && !closed;
    }

    /** The route that consumes a queue. */
    String routeOf(String queue) {
        return partitions.routeOf(queue);
    }

    /** Whether a change of their number has broken off for good. */
    public boolean isChangeDead() {
        return changing != null && !changing.isAlive() && !settled && !closed;
    }

    /** Changes nothing more, and moves no queue; what is consumed is consumed on. */
    @Override
    public void close() {
        closed = true;
        if (balance != null) {
            balance.close();
        }
        if (changing != null) {
            try {
                changing.join(TimeUnit.SECONDS.toMillis(15));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

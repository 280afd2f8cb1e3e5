package chat21.observer.engine.partition;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

import chat21.observer.database.DatabaseAway;
import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.broker.Topology;
import chat21.observer.engine.redelivery.QueueOwners;
import chat21.observer.engine.redelivery.RedeliveryLog;
import chat21.observer.settings.WrongSetting;
import chat21.observer.upkeep.Repeated;

/**
 * The queues of what clients say: makes them, changes their number, and has this node consume its share of them for as long
 * as it is one of the nodes that the database knows.
 */
public final class MessageQueues implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MessageQueues.class);
    private static final long POLL_MS = 500;
    private static final long END_MS = 20_000;

    private final Partitions partitions;
    private final boolean consumedHere;
    private final Nodes nodes;
    private final BrokerProbe probe;
    private final PartitionTopology topology;
    private volatile boolean settled;
    private volatile boolean missed;
    private volatile boolean closed;
    private long reached = System.nanoTime();
    private Repeated looking;

    /** @param consumedHere whether this process consumes them, and so can change their number */
    public MessageQueues(Partitions partitions, Topology topology, ConnectionFactory connections, Nodes nodes,
            boolean consumedHere) {
        this.partitions = partitions;
        this.consumedHere = consumedHere;
        this.nodes = nodes;
        RabbitAdmin admin = new RabbitAdmin(connections);
        this.probe = new BrokerProbe(admin.getRabbitTemplate());
        this.topology = new PartitionTopology(admin, probe, topology, partitions);
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
        for (boolean told = false; !nodes.claimChange(); pause()) {
            if (!told) {
                LOG.info("Waiting for another node that changes the partitions");
                told = true;
            }
        }
        if (consumedHere) {
            requireNoOthers(patienceMs);
        }
        settled = isRight();
        if (settled) {
            topology.declare();
        } else if (consumedHere) {
            return;
        } else {
            LOG.warn("The broker has another number of partitions than {}; a node that consumes messages has to change it",
                    partitions.count());
        }
        nodes.releaseChange();
    }

    private boolean isRight() {
        return nodes.beat().other() == 0 && (topology.isSettled() || topology.isNew());
    }

    private void requireNoOthers(long patienceMs) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        for (String queue = queueOfOthers(); queue != null; queue = queueOfOthers()) {
            if (System.nanoTime() > deadline) {
                throw new WrongSetting("chat21.partitions", "is " + partitions.count() + " (PARTITIONS), but other"
                        + " nodes consume " + queue + " in another arrangement: stop them all before the number of"
                        + " partitions changes; messages wait in the broker meanwhile");
            }
            pause();
        }
    }

    // A queue that others consume by another number; a release that writes no rows shows only by its consumers.
    private String queueOfOthers() {
        int other = nodes.beat().other();
        if (other > 0) {
            return new Partitions(partitions.queue(), other).queues().get(0);
        }
        return isRight() ? null
                : topology.queues().stream().filter(queue -> probe.consumers(queue) > 0).findFirst().orElse(null);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /** Makes the queues again where a broker has lost them; not while their number changes, or once this node missed that. */
    public void declareAgain() {
        try {
            if (nodes.beat().other() > 0) {
                return;
            }
        } catch (DatabaseAway e) {
            LOG.debug("Nobody says that the number has changed", e);
        }
        if (settled) {
            topology.declare();
        }
    }

    /**
     * Has the queues consumed, after their number is changed if need be; that goes on while this returns.
     *
     * @param balanceMs     how often to look whether this node consumes more than its share, in ms
     * @param giveUpAfterMs how long to keep queues while the database cannot be reached, in ms
     */
    public void start(CamelContext camel, BatchQueue batchQueue, RedeliveryLog redeliveryLog, QueueOwners owners,
            long balanceMs, long giveUpAfterMs) {
        ConsumerRoutes routes = new ConsumerRoutes(camel, partitions);
        if (settled || !consumedHere) {
            names().forEach(routes::add);
        }
        PartitionChange change = new PartitionChange(topology, probe, partitions, routes, batchQueue, redeliveryLog, nodes,
                () -> closed);
        Balance balance = new Balance(names(), owners, batchQueue, routes, balanceMs);
        looking = Repeated.fromNowOn("chat21-nodes", nodes.intervalMs(), () -> look(routes, change, balance, giveUpAfterMs));
    }

    private void look(ConsumerRoutes routes, PartitionChange change, Balance balance, long giveUpAfterMs) throws Exception {
        // Who cannot consume is not counted.
        if (!probe.isConnected()) {
            return;
        }
        Nodes.Present present;
        try {
            present = nodes.beat();
            reached = System.nanoTime();
        } catch (DatabaseAway e) {
            if (settled && System.nanoTime() - reached > TimeUnit.MILLISECONDS.toNanos(giveUpAfterMs)) {
                routes.stopAll("the database could not be reached for " + giveUpAfterMs + " ms");
            }
            throw e;
        }
        if (missed || settled && present.other() > 0) {
            missed = true;
            settled = false;
            routes.stopAll("other nodes have another number of partitions by now than " + partitions.count());
        } else if (settled) {
            balance.look(present.sharing());
        } else if (consumedHere && nodes.claimChange()) {
            change(change, routes);
        }
    }

    private void change(PartitionChange change, ConsumerRoutes routes) throws Exception {
        try {
            change.run();
            names().forEach(routes::add);
            nodes.releaseChange();
            settled = true;
        } catch (CancellationException e) {
            LOG.info("The change of the partitions is interrupted; the next start goes on with it");
        } catch (Exception e) {
            LOG.warn("The change of the partitions is tried again: {}", e.toString().lines().findFirst().orElse(""));
            throw e;
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

    /** Whether the others have another number by now, so that only a new start helps. */
    public boolean hasMissedChange() {
        return missed && consumedHere;
    }

    /** Changes nothing more, and moves no queue; what is consumed is consumed on. */
    @Override
    public void close() {
        closed = true;
        if (looking != null) {
            looking.close(END_MS);
        }
        try {
            nodes.leave();
        } catch (DatabaseAway e) {
            LOG.debug("It is forgotten when its time is over", e);
        }
    }
}

package chat21.observer.engine.partition;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.redelivery.QueueOwners;

/**
 * Shares the partitions among the nodes. The broker gives each queue to the first consumer that came, so the first node
 * would have them all; a node that has more than its share lets one go at a time, and stands at the end of its line again.
 */
final class Balance {

    private static final Logger LOG = LoggerFactory.getLogger(Balance.class);
    private static final long POLL_MS = 20;
    private static final long PATIENCE_MS = 10_000;

    private final List<String> queues;
    private final QueueOwners owners;
    private final BatchQueue batchQueue;
    private final ConsumerRoutes routes;
    private final long intervalNanos;
    private long looked = System.nanoTime();

    /** @param intervalMs for how long this node lets no other queue go after one */
    Balance(List<String> queues, QueueOwners owners, BatchQueue batchQueue, ConsumerRoutes routes, long intervalMs) {
        this.queues = queues;
        this.owners = owners;
        this.batchQueue = batchQueue;
        this.routes = routes;
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMs);
    }

    /**
     * Whether a node has to let a queue go: when it has more than its share, or when all queues are owned, another node
     * has none, and no node has more than this one.
     *
     * @param counts how many queues each node owns
     * @param queues how many there are
     * @param nodes  how many nodes consume them
     */
    static boolean hasTooMany(String node, Map<String, Integer> counts, int queues, int nodes) {
        int own = counts.getOrDefault(node, 0);
        if (nodes < 2) {
            return false;
        }
        if (own > (queues + nodes - 1) / nodes) {
            return true;
        }
        int owned = counts.values().stream().mapToInt(Integer::intValue).sum();
        boolean anotherHasNone = owned == queues && counts.size() < Math.min(nodes, queues);
        boolean isFirstOfTheLargest = counts.entrySet().stream().noneMatch(e -> e.getValue() > own
                || e.getValue() == own && e.getKey().compareTo(node) < 0);
        return anotherHasNone && own > 1 && isFirstOfTheLargest;
    }

    /**
     * Lets a queue go if this node has too many; what was let go before and could not be consumed again comes first.
     *
     * @param nodes how many nodes consume the queues, this one included
     */
    void look(int nodes) throws Exception {
        routes.resume();
        if (nodes < 2 || System.nanoTime() - looked < intervalNanos) {
            return;
        }
        looked = System.nanoTime();
        if (hasTooMany(owners.node(), owners.counts(queues), queues.size(), nodes)) {
            for (int i = queues.size() - 1; i >= 0; i--) {
                if (owners.owns(queues.get(i))) {
                    letGo(queues.get(i));
                    return;
                }
            }
        }
    }

    // What was taken over is finished first, so that nobody gets it twice.
    private void letGo(String queue) throws Exception {
        LOG.info("This node lets {} go to another one", queue);
        batchQueue.pause(queue);
        try {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            while (batchQueue.unfinished(queue) > 0 && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            }
            routes.stop(queue);
            owners.giveUp(queue);
        } finally {
            batchQueue.resume(queue);
        }
        routes.resume();
    }
}

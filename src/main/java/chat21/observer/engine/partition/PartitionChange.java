package chat21.observer.engine.partition;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.redelivery.RedeliveryLog;

/**
 * Gets from one number of partitions to another. No message may overtake another of the same sender and recipient, so
 * everything is led back to the one queue first, what waits in the old partitions is worked off, everything is led on to
 * the new partitions, what waits in the one queue is worked off, and only then are the new partitions consumed. A change
 * that was interrupted goes on where it was.
 */
record PartitionChange(PartitionTopology topology, BrokerProbe probe, Partitions partitions, ConsumerRoutes routes,
        BatchQueue batchQueue, RedeliveryLog redeliveryLog, Nodes nodes, BooleanSupplier stopped) {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionChange.class);
    private static final long POLL_MS = 100;

    /**
     * Changes the number; when it returns, nothing waits but in the queues that are to be consumed.
     *
     * @throws CancellationException if it is stopped meanwhile
     */
    void run() throws Exception {
        while (!topology.isSettled()) {
            if (topology.isGathering() || !topology.isChanging()) {
                int before = topology.present();
                LOG.info("The partitions change from {} to {}", Math.max(1, before), partitions.count());
                step(topology::gather);
                workOff(partitions.names(before));
                step(topology::removePartitions);
                if (partitions.count() == 1) {
                    step(topology::settle);
                    continue;
                }
                step(topology::preparePartitions);
            }
            step(topology::spread);
            workOff(List.of(partitions.queue()));
            step(topology::settle);
        }
        LOG.info("The change to {} is done", partitions.count() == 1 ? "one queue" : partitions.count() + " partitions");
    }

    // Whoever stood still meanwhile may have lost the change to another node.
    private void step(Runnable step) {
        if (!nodes.claimChange()) {
            throw new IllegalStateException("another node changes the partitions");
        }
        step.run();
    }

    private void workOff(List<String> queues) throws Exception {
        for (String queue : queues) {
            routes.add(queue);
        }
        // A try before may have stopped them.
        routes.resume();
        for (String queue : queues) {
            awaitEmpty(queue);
            routes.remove(queue);
            redeliveryLog.forget(queue);
        }
    }

    // What is on its way to a consumer is seen nowhere; once its channel is closed, it waits in the queue again.
    private void awaitEmpty(String queue) throws Exception {
        while (true) {
            while (probe.waiting(queue) > 0 || batchQueue.unfinished(queue) > 0) {
                pause();
            }
            batchQueue.pause(queue);
            try {
                while (batchQueue.unfinished(queue) > 0) {
                    pause();
                }
                routes.stop(queue);
            } finally {
                batchQueue.resume(queue);
            }
            if (probe.waiting(queue) == 0) {
                return;
            }
            routes.resume();
        }
    }

    private void pause() throws InterruptedException {
        if (stopped.getAsBoolean()) {
            throw new CancellationException();
        }
        nodes.beat();
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
}

package chat21.observer.engine.batch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the routes of batches and whoever exchanges them apart: batches pass, any number at a time, and between batches
 * the gate can be closed for a moment. Then no batch is on its way: what is committed is acknowledged, and nothing that was
 * held back of a message waits.
 */
public final class FlowGate implements BatchFlow {

    private static final Logger LOG = LoggerFactory.getLogger(FlowGate.class);
    private static final long LOOK_NANOS = 1_000_000;

    private final BatchFlow flow;
    private final BatchQueue batchQueue;
    private final ReentrantReadWriteLock committing = new ReentrantReadWriteLock(true);
    private final ReentrantReadWriteLock acknowledging = new ReentrantReadWriteLock(true);

    public FlowGate(BatchFlow flow, BatchQueue batchQueue) {
        this.flow = flow;
        this.batchQueue = batchQueue;
    }

    @Override
    public Exception commit(Batch batch) {
        return pass(committing.readLock(), () -> {
            Exception failure = flow.commit(batch);
            if (failure == null || batch.isPublished()) {
                batch.markCommitted();
            }
            return failure;
        });
    }

    @Override
    public Exception acknowledge(Batch batch) {
        return pass(acknowledging.readLock(), () -> flow.acknowledge(batch));
    }

    /**
     * Works while no batch is on its way.
     *
     * @throws TimeoutException if the batches of this moment do not come to their end in time
     */
    public void between(long timeoutMs, Runnable work) throws TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        batchQueue.hold();
        try {
            while (!ranBetween(deadline, work)) {
                LOG.debug("A batch was begun just before");
            }
        } finally {
            batchQueue.goOn();
        }
    }

    // What was begun comes to its end while the gate is still open; what was begun since then waits at the gate.
    private boolean ranBetween(long deadline, Runnable work) throws TimeoutException {
        awaitEnd(deadline);
        close(committing.writeLock(), deadline);
        try {
            return isAtEnd() && ranAcknowledged(deadline, work);
        } finally {
            committing.writeLock().unlock();
        }
    }

    private boolean ranAcknowledged(long deadline, Runnable work) throws TimeoutException {
        close(acknowledging.writeLock(), deadline);
        try {
            work.run();
            return true;
        } finally {
            acknowledging.writeLock().unlock();
        }
    }

    private void awaitEnd(long deadline) throws TimeoutException {
        while (!isAtEnd()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the broker has not yet confirmed what was published");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean isAtEnd() {
        return !batchQueue.isAnyCommitted() && batchQueue.isNothingHeldBack();
    }

    private static Exception pass(Lock lock, Supplier<Exception> stage) {
        lock.lock();
        try {
            return stage.get();
        } finally {
            lock.unlock();
        }
    }

    private static void close(Lock lock, long deadline) throws TimeoutException {
        try {
            if (!lock.tryLock(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException("a batch is still worked on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }
}

package chat21.observer.internals.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;

/**
 * The file of embedded H2, written between transactions only.
 *
 * <p>H2 takes over what is in memory map by map, while other threads go on changing it; so a file written in the midst of a
 * transaction can hold its row without the means to roll it back, or without its index entry, and that is what comes back
 * after the end of the process. Hence H2's own background thread sleeps (WRITE_DELAY), transactions come one
 * after the other, and everything that writes or compacts the file happens here, between them.
 */
public final class DatabaseFile {

    // H2 also writes by itself, in the midst of a transaction, once its memory for changes is full; so this is done before,
    // where one begins. Only a transaction that is larger than the rest of that memory is still written in its midst, by
    // its own thread: then nobody else changes anything meanwhile, and H2 takes it back whole.
    private static final double WRITTEN_FROM = 0.9;
    // Pages are rewritten where less than this share of what they were written with is in use, and what is left is moved
    // together where less than the other share of the file holds anything.
    private static final int FILL_PERCENT = 60;
    private static final int FILE_FILL_PERCENT = 80;
    // Each step holds transactions up for some ms.
    private static final int COMPACTED_BYTES = 128 * 1024;
    private static final int MOVED_BYTES = 4 * 1024 * 1024;
    private static final long IDLE_NS = 2_000_000_000;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final boolean sync;
    private long lastTurn = System.nanoTime();
    private int movedAtPercent = -1;

    /** @param sync whether what was written also waits for the disk */
    public DatabaseFile(boolean sync) {
        this.sync = sync;
    }

    /** A transaction, until it is closed by the same thread. */
    @FunctionalInterface
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins a transaction: returns when no other goes on and the file is not being written.
     *
     * @throws SQLException if the file could not be written
     */
    public Turn begin(Connection connection) throws SQLException {
        MVStore store = store(connection);
        lock.lock();
        try {
            lastTurn = System.nanoTime();
            makeRoom(store);
        } catch (RuntimeException e) {
            lock.unlock();
            throw unwritable(e);
        } catch (Error e) {
            lock.unlock();
            throw e;
        }
        return lock::unlock;
    }

    /** Lets no transaction begin any more; returns when none goes on. */
    public void end() {
        lock.lock();
    }

    /**
     * Returns when all that was committed has been written; the transactions that come meanwhile are not held up by it.
     *
     * @throws SQLException if it could not be written
     */
    public void write(Connection connection) throws SQLException {
        MVStore store = store(connection);
        try {
            lock.lock();
            try {
                // Another holds H2's lock where the URL lets H2's own thread write too.
                if (store.tryCommit() < 0) {
                    store.commit();
                }
            } finally {
                lock.unlock();
            }
            // What was taken over is written by threads of H2, in order; this waits for them.
            store.getFileStore().executeFileStoreOperation(() -> { });
            if (sync) {
                store.sync();
            }
        } catch (MVStoreException e) {
            throw unwritable(e);
        }
        if (store.getPanicException() != null || store.isClosed()) {
            throw new SQLException("the database has closed itself", store.getPanicException());
        }
    }

    /**
     * Makes a small part of the file smaller, as H2's own thread would: rewrites what is in use of parts that mostly are
     * not, and moves parts together when nothing else goes on.
     */
    public void compact(Connection connection) throws SQLException {
        MVStore store = store(connection);
        lock.lock();
        try {
            makeRoom(store);
            if (!store.compact(FILL_PERCENT, COMPACTED_BYTES) && System.nanoTime() - lastTurn > IDLE_NS) {
                store.tryCommit();
                moveTogether(store);
            }
        } catch (MVStoreException e) {
            throw unwritable(e);
        } finally {
            lock.unlock();
        }
    }

    // As long as it helps.
    private void moveTogether(MVStore store) {
        if (store.getFileStore() instanceof RandomAccessStore file && file.getFillRate() < FILE_FILL_PERCENT
                && file.getFillRate() != movedAtPercent) {
            movedAtPercent = file.getFillRate();
            file.compactMoveChunks(FILE_FILL_PERCENT, MOVED_BYTES, store);
        }
    }

    private static void makeRoom(MVStore store) {
        if (store.getUnsavedMemory() > WRITTEN_FROM * store.getAutoCommitMemory()) {
            store.tryCommit();
        }
    }

    private static SQLException unwritable(RuntimeException e) {
        return new SQLException("the database's file cannot be written: " + e.getMessage(), e);
    }

    private static MVStore store(Connection connection) throws SQLException {
        SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }
}

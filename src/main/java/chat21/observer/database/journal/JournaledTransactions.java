package chat21.observer.database.journal;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.database.Database;
import chat21.observer.database.DurableTransactions;
import chat21.observer.database.Statement;
import chat21.observer.upkeep.Repeated;

/**
 * Transactions that survive the end of the process once they are committed, although H2 writes its pages later: what they
 * change is appended to a journal before they are committed, and changed again after a crash. Each has a number, which the
 * database holds too, so that nothing is changed twice.
 */
public final class JournaledTransactions implements DurableTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(JournaledTransactions.class);
    private static final Statement FIND_POSITION = new Statement("h2", "find-journal-position");
    private static final Statement MOVE_POSITION = new Statement("h2", "move-journal-position");

    private static final String CONSTRAINT_VIOLATED = "23";

    private final Database database;
    private final Journal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Repeated checkpoints;
    // Whether the database may have less than the journal.
    private boolean behind = true;
    private long position;
    private long catchUps;

    /**
     * Begins with what an earlier process left.
     *
     * @param file       path of the database without ending
     * @param sync       whether each transaction waits for the disk, to survive a loss of power too
     * @param intervalMs how often the database is written
     * @throws IOException if the files of the journal cannot be read
     */
    public JournaledTransactions(Database database, Path file, boolean sync, long intervalMs)
            throws IOException, SQLException {
        this.database = database;
        this.journal = new Journal(file, sync);
        checkpoint();
        checkpoints = new Repeated("chat21-checkpoints", intervalMs, this::checkpoint);
    }

    @Override
    public void run(Database.Work work) throws SQLException {
        lock.lock();
        try {
            catchUp();
            try {
                commit(work);
            } catch (BehindJournal e) {
                behind = true;
                catchUp();
                commit(work);
            }
        } catch (SQLException e) {
            behind = true;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void commit(Database.Work work) throws SQLException {
        Recording recording = new Recording();
        long number = position + 1;
        database.inTransaction(connection -> {
            Connection recorded = recording.of(connection);
            // Also where another process has put an older file in the place of this one meanwhile.
            if (MOVE_POSITION.update(recorded, number, position) != 1) {
                throw new BehindJournal();
            }
            work.run(recorded);
            behind = true;
            append(number, recording.toByteArray());
        });
        behind = false;
        position = number;
    }

    private void append(long number, byte[] content) throws SQLException {
        try {
            journal.append(number, content);
        } catch (IOException e) {
            throw new SQLException("the journal cannot be written: " + e.getMessage(), e);
        }
    }

    // A journal that was written is the truth: if the commit after it fails, or the database comes back without what it had
    // not written yet, the database gets it from there.
    private void catchUp() throws SQLException {
        if (!behind) {
            return;
        }
        try {
            long reached = reached();
            SortedMap<Long, byte[]> missing = journal.after(reached);
            if (!missing.isEmpty()) {
                LOG.info("The database gets {} transactions from its journal", missing.size());
            }
            for (Map.Entry<Long, byte[]> transaction : missing.entrySet()) {
                if (transaction.getKey() != reached + 1) {
                    throw new SQLException("its journal goes on with transaction " + transaction.getKey()
                            + " but it has come to " + reached + ": they are not of the same time. Put back both from "
                            + "one copy, or move its journal away to go on with what it has");
                }
                database.inTransaction(connection -> repeat(connection, transaction.getValue()));
                reached++;
            }
            position = reached;
            behind = false;
            catchUps++;
        } catch (IOException e) {
            throw new SQLException("the journal cannot be read: " + e.getMessage(), e);
        }
    }

    private long reached() throws SQLException {
        AtomicLong reached = new AtomicLong();
        database.inTransaction(connection -> reached.set(FIND_POSITION.first(connection, row -> row.getLong(1))));
        return reached.get();
    }

    private static void repeat(Connection connection, byte[] content) throws SQLException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            while (in.available() > 0) {
                String sql = Values.readText(in);
                List<Object> values = Values.read(in);
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    Values.bind(statement, values);
                    executeUnlessItCollides(statement, sql);
                }
            }
        } catch (IOException e) {
            throw new SQLException("a transaction in the journal cannot be read: " + e.getMessage(), e);
        }
    }

    // What the flow did once may collide now: a change beside the flow that came before it is lost where it was not written
    // before a crash. A start that fails for it would fail for ever, and take everything else in the journal with it.
    private static void executeUnlessItCollides(PreparedStatement statement, String sql) throws SQLException {
        try {
            statement.executeUpdate();
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith(CONSTRAINT_VIOLATED)) {
                throw e;
            }
            LOG.warn("A change in the journal collides with what the database holds, and is left out: SQL state {} of {}",
                    e.getSQLState(), sql.strip().lines().findFirst().orElse(""));
        }
    }

    // The database is written outside of the lock: the flow goes on meanwhile, in a new file.
    private void checkpoint() throws SQLException {
        List<Path> files;
        long last;
        long before;
        lock.lock();
        try {
            catchUp();
            journal.forget(List.of());
            files = journal.roll();
            last = position;
            before = catchUps;
        } finally {
            lock.unlock();
        }
        if (!files.isEmpty()) {
            database.flush();
            lock.lock();
            try {
                // Should it have closed and come back meanwhile, it may lack what those files hold.
                if (catchUps == before && reached() >= last) {
                    journal.forget(files);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Writes the database, so that no journal is needed. */
    @Override
    public void close() {
        checkpoints.close();
        try {
            checkpoint();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The database gets the end of its journal at the next start: {}", e.getMessage());
        } finally {
            journal.close();
        }
    }

    /** The database has closed itself and come back since the transaction before. */
    private static final class BehindJournal extends SQLException {
        BehindJournal() {
            super("the database is behind its journal");
        }
    }
}

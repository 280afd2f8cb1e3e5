package chat21.observer.database;

import java.sql.SQLException;

/** Runs the transactions of the flow, on which acknowledgements depend. */
public interface DurableTransactions extends AutoCloseable {

    /** Runs work in one transaction; when it returns, what it changed survives the end of the process. */
    void run(Database.Work work) throws SQLException;

    @Override
    void close();

    /** Those of a database whose commits are durable by themselves. */
    static DurableTransactions of(Database database) {
        return new DurableTransactions() {
            @Override
            public void run(Database.Work work) throws SQLException {
                database.inTransaction(work);
            }

            @Override
            public void close() {
                // Nothing is left to be written.
            }
        };
    }
}

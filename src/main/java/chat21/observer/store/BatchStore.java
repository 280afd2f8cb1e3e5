package chat21.observer.store;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.receive.Batch;
import chat21.observer.receive.Delivery;
import chat21.observer.receive.Outcome;
import chat21.observer.refuse.Refusal;

/** Stores what a batch decided, in one transaction; when it returns, the rows survive the end of the process. */
public final class BatchStore {

    private final Database database;
    private final FirstAttempts firstAttempts;
    private final Unarchiving unarchiving;

    public BatchStore(Database database, FirstAttempts firstAttempts, Unarchiving unarchiving) {
        this.database = database;
        this.firstAttempts = firstAttempts;
        this.unarchiving = unarchiving;
    }

    /** Stores all copies and changes of the batch; messages that were stored before are left as they are. */
    public Batch store(Batch batch) throws SQLException {
        for (Delivery delivery : batch.deliveries()) {
            if (delivery.outcome().interruption() != null) {
                throw delivery.outcome().interruption();
            }
        }
        if (batch.deliveries().stream().anyMatch(BatchStore::hasSomethingToStore)) {
            database.inTransaction(connection -> {
                write(connection, batch);
                firstAttempts.remember(connection, batch);
            });
        }
        // Also for what is there already: it may be an earlier try's, which failed before or while it was flushed.
        if (batch.deliveries().stream().anyMatch(d -> d.alreadyStored() || hasSomethingToStore(d))) {
            database.flush();
            batch.deliveries().forEach(Delivery::markStored);
        }
        return batch;
    }

    private static boolean hasSomethingToStore(Delivery delivery) {
        return hasNewMessage(delivery) || !delivery.outcome().changes().isEmpty();
    }

    private static boolean hasNewMessage(Delivery delivery) {
        return !delivery.alreadyStored() && !delivery.outcome().copies().isEmpty();
    }

    // Messages wait to be written together, but no change overtakes a message that came before it.
    private void write(Connection connection, Batch batch) throws SQLException {
        MessageRows rows = new MessageRows(unarchiving);
        for (Delivery delivery : batch.deliveries()) {
            if (hasNewMessage(delivery)) {
                rows.add(delivery.outcome());
            }
            if (!delivery.outcome().changes().isEmpty()) {
                rows.write(connection);
                apply(connection, delivery.outcome());
            }
        }
        rows.write(connection);
    }

    private static void apply(Connection connection, Outcome outcome) throws SQLException {
        try {
            for (Change change : outcome.changes()) {
                change.apply(connection, outcome);
            }
        } catch (Refusal e) {
            outcome.refuse(e);
        }
    }
}

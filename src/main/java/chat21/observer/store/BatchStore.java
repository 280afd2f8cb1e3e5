package chat21.observer.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import chat21.observer.receive.Batch;
import chat21.observer.receive.Delivery;
import chat21.observer.receive.Lookups.Key;
import chat21.observer.receive.Outcome;
import chat21.observer.refuse.Refusal;

/** Stores what a batch decided, in one transaction; when it returns, the rows survive the end of the process. */
public final class BatchStore {

    private final DurableTransactions transactions;
    private final FirstAttempts firstAttempts;
    private final QueueOwners owners;
    private final Unarchiving unarchiving;
    private final RowKeys keys;

    public BatchStore(DurableTransactions transactions, FirstAttempts firstAttempts, QueueOwners owners,
            Unarchiving unarchiving, RowKeys keys) {
        this.transactions = transactions;
        this.firstAttempts = firstAttempts;
        this.owners = owners;
        this.unarchiving = unarchiving;
        this.keys = keys;
    }

    /** Stores all copies and changes of the batch; messages that were stored before are left as they are. */
    public Batch store(Batch batch) throws SQLException {
        if (batch.deliveries().stream().anyMatch(BatchStore::concernsTheStore)) {
            transactions.run(connection -> {
                owners.check(connection, batch);
                write(connection, batch);
                firstAttempts.remember(connection, batch);
            });
            batch.deliveries().forEach(Delivery::markStored);
        }
        return batch;
    }

    private static boolean concernsTheStore(Delivery delivery) {
        return delivery.outcome().message() != null || !delivery.outcome().changes().isEmpty();
    }

    private static boolean hasNewMessage(Delivery delivery) {
        return !delivery.isPortion() && !delivery.alreadyStored() && delivery.outcome().message() != null;
    }

    // Messages wait to be written together, but no change overtakes a message that came before it.
    private void write(Connection connection, Batch batch) throws SQLException {
        MessageRows rows = new MessageRows(unarchiving, keys);
        Map<Key, Long> stored = StoredCopies.keys(connection, batch);
        for (Delivery delivery : batch.deliveries()) {
            if (hasNewMessage(delivery)) {
                rows.add(delivery.outcome());
            } else {
                if (StoredCopies.mayLackSome(delivery)) {
                    StoredCopies copies = StoredCopies.find(connection, delivery, stored, batch.isRetry());
                    rows.add(delivery.outcome(), copies.missing(), copies.messageKey());
                }
                rows.addStored(delivery.outcome());
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

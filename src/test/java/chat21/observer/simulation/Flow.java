package chat21.observer.simulation;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Iterator;
import java.util.Set;

import chat21.observer.database.Database;
import chat21.observer.database.DurableTransactions;
import chat21.observer.database.RowKeys;
import chat21.observer.engine.batch.Acknowledger;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchFlow;
import chat21.observer.engine.batch.BatchPublisher;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.engine.redelivery.QueueOwners;
import chat21.observer.engine.redelivery.RedeliveryLog;
import chat21.observer.flow.inbox.Inboxes;
import chat21.observer.flow.inbox.Members;
import chat21.observer.flow.store.BatchLookUp;
import chat21.observer.flow.store.BatchPart;
import chat21.observer.flow.store.BatchStore;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Messages;

/** The steps of {@code commit-batch}, {@code commit-portion}, {@code store-batch} and {@code acknowledge-batch}, without Camel. */
record Flow(QueueOwners owners, RedeliveryLog redeliveryLog, BatchLookUp lookUp, LargeGroups largeGroups,
        DurableTransactions transactions, BatchStore store, BatchPublisher publisher, Acknowledger acknowledger,
        Members members, Inboxes inboxes, Steps steps) implements BatchFlow {

    /** Steps of an integrator's, which may fail. */
    interface Steps {

        /** Is told of each attempt. */
        void begin(Batch batch);

        /** Whether Errors reach whoever sends the batch. */
        boolean passErrorsOn();

        /** May throw whatever it likes. */
        void before(String step);
    }

    static Flow of(Database database, Clock clock, QueueOwners owners, RedeliveryLog redeliveryLog, LargeGroups largeGroups,
            BatchPublisher publisher, Acknowledger acknowledger, Steps steps) {
        Members members = new Members(100, Set.of());
        return new Flow(owners, redeliveryLog, new BatchLookUp(database), largeGroups, DurableTransactions.of(database),
                new BatchStore((connection, decision, conversation) -> { }, new RowKeys(clock)), publisher, acknowledger,
                members, new Inboxes(members), steps);
    }

    /** A step. */
    private interface Step {
        void run() throws Exception;
    }

    // Camel's exchange takes what a step throws, and Errors too; what Camel itself throws comes as it is.
    private Exception outcome(Step step) {
        try {
            step.run();
            return null;
        } catch (Killed e) {
            throw e;
        } catch (SimulatedError e) {
            if (steps.passErrorsOn()) {
                throw e;
            }
            return new IllegalStateException(e);
        } catch (Exception e) {
            return e;
        }
    }

    @Override
    public Exception commit(Batch batch) {
        steps.begin(batch);
        return outcome(() -> {
            if (!batch.isOfPortions()) {
                decide(batch);
            }
            if (BatchStore.isConcerned(batch)) {
                store(batch);
                steps.before("mark-stored");
                store.markStored(batch);
            }
            steps.before("publish-batch");
            publisher.publish(batch);
            steps.before("after-publishing");
        });
    }

    private void decide(Batch batch) throws SQLException, IOException {
        steps.before("claim-queues");
        owners.claim(batch);
        for (Delivery delivery : batch.deliveries()) {
            SimulatedChannel.of(delivery.channel()).claim();
        }
        redeliveryLog.recognise(batch);
        lookUp.lookUp(batch);
        Iterator<Delivery> undecided = largeGroups.undecided(batch);
        while (undecided.hasNext()) {
            Delivery delivery = undecided.next();
            try {
                steps.before("each-message");
                decide(delivery);
            } catch (Refusal e) {
                delivery.decision().refuse(e);
            }
        }
        steps.before("hold-back");
        largeGroups.holdBack(batch);
    }

    private void decide(Delivery delivery) {
        ChatMessage message = Messages.read(delivery);
        if (message.text("text").startsWith("refused")) {
            throw new Refusal(Reason.BAD_FIELD, "text is not wanted");
        }
        (members.isGroup(message) ? inboxes.ofGroup(message) : inboxes.ofDirect(message))
                .forEach(delivery.decision()::add);
    }

    private void store(Batch batch) throws SQLException {
        transactions.run(connection -> {
            owners.check(batch, connection);
            for (BatchPart part : store.parts(batch, connection)) {
                store.gather(part, connection);
                store.messages(part, connection);
                steps.before("store-timelines");
                store.timelines(part, connection);
                store.conversations(part, connection);
            }
            for (Delivery delivery : batch.deliveries()) {
                ChatMessage message = delivery.decision().message();
                if (message != null && message.text("text").startsWith("unstorable")) {
                    throw new SQLException("too long", "22001");
                }
            }
            redeliveryLog.remember(batch, connection);
        });
    }

    @Override
    public Exception acknowledge(Batch batch) {
        return outcome(() -> {
            publisher.awaitConfirms(batch);
            steps.before("acknowledge-deliveries");
            acknowledger.acknowledge(batch);
            steps.before("count-batch");
        });
    }
}

package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.database.Database;
import chat21.observer.database.DurableTransactions;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.testing.Deliveries;

/** A batch is stored table by table, in one transaction, part after part. */
class StoreBatchTest {

    private final Recorder recorder = new Recorder();
    private final Transactions transactions = new Transactions();
    private final RouteFixture route = new RouteFixture("store-batch");
    private final Batch batch = new Batch(List.of(new Deliveries().to("bob", "{}")));

    /** Says in the calls when it begins and how it ends. */
    private final class Transactions implements DurableTransactions {

        @Override
        public void run(Database.Work work) throws SQLException {
            recorder.calls().add("begin");
            try {
                work.run(null);
                recorder.calls().add("commit");
            } catch (SQLException | RuntimeException e) {
                recorder.calls().add("roll back");
                throw e;
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Cuts the batch into two; of the rest only the calls matter. */
    public static final class TwoParts {

        private final Recorder recorder;

        TwoParts(Recorder recorder) {
            this.recorder = recorder;
        }

        public List<String> parts(Object body) {
            return List.of("one", "two");
        }

        public Object gather(Object body) throws Exception {
            return recorder.gather(body);
        }

        public Object messages(Object body) throws Exception {
            return recorder.messages(body);
        }

        public Object timelines(Object body) throws Exception {
            return recorder.timelines(body);
        }

        public Object conversations(Object body) throws Exception {
            return recorder.conversations(body);
        }
    }

    @BeforeEach
    void start() throws Exception {
        route.bind("batchStore", new TwoParts(recorder)).bind("queueOwners", recorder).bind("redeliveryLog", recorder)
                .bind("batchTransaction", new BatchTransaction(transactions)).start();
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @Test
    void aBatchIsStoredPartByPartInOneTransaction() {
        assertThat(route.send(batch, null).getException()).isNull();

        assertThat(recorder.calls()).containsExactly("begin", "check", "gather", "messages", "timelines", "conversations",
                "gather", "messages", "timelines", "conversations", "remember", "commit");
        assertThat(route.called("apply-change").getExchanges()).extracting(e -> e.getMessage().getBody())
                .containsExactly("one", "two");
    }

    @Test
    void whatFailsInAChangeIsRolledBackAndThePartsAfterItAreNotTried() {
        SQLException gone = new SQLException("gone", "08006");
        route.called("apply-change").whenAnyExchangeReceived(e -> {
            throw gone;
        });

        assertThat(route.send(batch, null).getException()).isSameAs(gone);

        assertThat(recorder.calls()).containsExactly("begin", "check", "gather", "messages", "timelines", "conversations",
                "roll back");
    }

    @Test
    void aStepThatFailsIsRolledBack() {
        IllegalStateException broken = new IllegalStateException("broken");
        recorder.failOn("remember", broken);

        assertThat(route.send(batch, null).getException()).isSameAs(broken);

        assertThat(recorder.calls()).endsWith("remember", "roll back").doesNotContain("commit");
    }

    @Test
    void noStepSeesTheConnectionOfATransactionThatIsOver() {
        assertThat(route.send(batch, null).getProperty(BatchTransaction.CONNECTION)).isNull();
    }
}

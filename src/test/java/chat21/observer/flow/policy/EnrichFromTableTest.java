package chat21.observer.flow.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.testing.Patience;

/** The example that looks up in a table of an integrator's own, on the database of the application. */
class EnrichFromTableTest {

    private final CamelContext camel = new DefaultCamelContext();
    private final Policies policies = new Policies(new SimpleMeterRegistry());
    private Database database;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        database = Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat21"), "chat21", "", 4, 30_000,
                false));
        camel.disableJMX();
        camel.getRegistry().bind("chat21", database.forRoutes(2));
        camel.addComponent("policy", new PolicyComponent(policies,
                new PolicySettings(60_000, false, true, 10, 1_000, 1_000, 10, 10_000), null));
        camel.start();
        PluginHelper.getRoutesLoader(camel).loadRoutes(
                ResourceHelper.resolveMandatoryResource(camel, "file:examples/enrich-from-table.yaml"));
        await().ignoreExceptions()
                .until(() -> sql("insert into my_customer values ('tilechat', 'alice', 'gold')") != null);
    }

    @AfterEach
    void stop() {
        camel.stop();
        database.close();
    }

    @Test
    void aMessageGetsWhatTheTableSaysOfItsSenderAndIsElseAsItWas() {
        assertThat(asked("alice")).containsExactlyInAnyOrderEntriesOf(Map.of("text", "hi", "tier", "gold"));
        assertThat(asked("bob")).containsExactlyEntriesOf(Map.of("text", "hi"));
    }

    @Test
    void whatAMessageSaysIsBoundAndNeverPartOfTheStatement() {
        assertThat(asked("x' or '1'='1")).containsExactlyEntriesOf(Map.of("text", "hi"));
        assertThat(asked("x'; drop table my_customer; --")).containsExactlyEntriesOf(Map.of("text", "hi"));
        assertThat(asked("alice")).containsEntry("tier", "gold");
    }

    @Test
    void aLookUpWaitsForNoBatchAndAChangeForTheBatchBefore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Thread> changing = new AtomicReference<>();
        CompletableFuture<Void> batch =
                CompletableFuture.runAsync(() -> inTransaction(begun, end), work -> new Thread(work).start());
        assertThat(begun.await(Patience.seconds(60).toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(asked("alice")).containsEntry("tier", "gold");
        CompletableFuture<Object> change =
                CompletableFuture.supplyAsync(() -> sql("update my_customer set tier = 'silver' where id = 'alice'"), work -> {
                    changing.set(new Thread(work));
                    changing.get().start();
                });
        await().until(() -> changing.get().getState() == Thread.State.WAITING);
        assertThat(asked("alice")).containsEntry("tier", "gold");
        assertThat(change).isNotDone();
        end.countDown();
        batch.get(Patience.seconds(60).toSeconds(), TimeUnit.SECONDS);
        change.get(Patience.seconds(60).toSeconds(), TimeUnit.SECONDS);
        assertThat(asked("alice")).containsEntry("tier", "silver");
    }

    @Test
    void moreLookUpsThanConnectionsAllGetTheirAnswer() {
        CompletableFuture<?>[] all = new CompletableFuture<?>[10];
        for (int i = 0; i < all.length; i++) {
            all[i] = CompletableFuture.runAsync(() -> assertThat(asked("alice")).containsEntry("tier", "gold"));
        }
        assertThat(CompletableFuture.allOf(all)).succeedsWithin(Patience.seconds(60));
    }

    private void inTransaction(CountDownLatch begun, CountDownLatch end) {
        try {
            database.inTransaction(connection -> {
                begun.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object sql(String statement) {
        return camel.createFluentProducerTemplate().to("jdbc:chat21").withBody(statement).request();
    }

    private Map<String, Object> asked(String sender) {
        return policies.at(Place.ACCEPT)[0].ask(new Question(Map.of("text", "hi"),
                Map.of("app", "tilechat", "sender", sender), null, 10)).json();
    }
}

package chat21.observer.engine.redelivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.QueueLost;
import chat21.observer.message.Delivery;
import chat21.observer.testing.Deliveries;
import chat21.observer.testing.Patience;

/** Two nodes at one database. */
class QueueOwnersTest {

    private final Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21",
            "", 4, 5_000, false));
    private final QueueOwners one = new QueueOwners(database, "one", Set.of("persist"));
    private final QueueOwners other = new QueueOwners(database, "other", Set.of("persist"));
    private final Delivery first = Deliveries.outgoing("{}");
    private final Delivery again = Deliveries.outgoing("{}");

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoeverReceivedLastMayStore() throws SQLException {
        one.claim(new Batch(List.of(first)));
        assertThatCode(() -> check(one, first)).doesNotThrowAnyException();

        other.claim(new Batch(List.of(again)));

        assertThatThrownBy(() -> check(one, first)).isInstanceOf(QueueLost.class).hasMessage("messages was taken over");
        assertThatCode(() -> check(other, again)).doesNotThrowAnyException();
    }

    @Test
    void aNodeThatReceivesThroughANewChannelMayNotStoreWhatCameThroughTheOldOne() throws SQLException {
        one.claim(new Batch(List.of(first)));
        one.claim(new Batch(List.of(again)));

        assertThatThrownBy(() -> check(one, first)).isInstanceOf(QueueLost.class);
        assertThatCode(() -> check(one, again)).doesNotThrowAnyException();
    }

    @Test
    void whatIsLostIsGivenBackAndTheRestOfTheBatchIsNot() throws SQLException {
        Delivery elsewhere = new Deliveries().from("messages.1", "{}");
        one.claim(new Batch(List.of(first, elsewhere)));
        other.claim(new Batch(List.of(again)));

        assertThatThrownBy(() -> check(one, first, elsewhere)).isInstanceOfSatisfying(QueueLost.class, QueueLost::giveBack);

        assertThat(first.channel().isOpen()).isFalse();
        assertThat(elsewhere.channel().isOpen()).isTrue();
        assertThatCode(() -> check(one, elsewhere)).doesNotThrowAnyException();
    }

    @Test
    void whoTakesAQueueOverWaitsForTheTransactionOfTheOneBefore() throws Exception {
        one.claim(new Batch(List.of(first)));
        CompletableFuture<Void> taken = new CompletableFuture<>();

        database.inTransaction(connection -> {
            one.check(new Batch(List.of(first)), connection);
            CompletableFuture.runAsync(() -> {
                try {
                    other.claim(new Batch(List.of(again)));
                    taken.complete(null);
                } catch (SQLException e) {
                    taken.completeExceptionally(e);
                }
            });
            Awaitility.await().during(300, TimeUnit.MILLISECONDS).until(() -> !taken.isDone());
        });

        taken.get(Patience.seconds(60).toSeconds(), TimeUnit.SECONDS);
        assertThatThrownBy(() -> check(one, first)).isInstanceOf(QueueLost.class);
    }

    @Test
    void aQueueThatSeveralNodesConsumeAtOnceHasNoOwner() throws SQLException {
        Delivery persist = new Deliveries().from("persist", "{}");
        one.claim(new Batch(List.of(persist)));
        other.claim(new Batch(List.of(persist)));

        assertThatCode(() -> check(one, persist)).doesNotThrowAnyException();
        assertThat(one.counts(List.of("persist"))).isEmpty();
    }

    @Test
    void queuesAreCountedByOwnerUntilTheyAreGivenUp() throws SQLException {
        Deliveries channel = new Deliveries();
        List<String> queues = List.of("messages.0", "messages.1", "messages.2");
        one.claim(new Batch(List.of(channel.from("messages.0", "{}"), channel.from("messages.1", "{}"))));
        other.claim(new Batch(List.of(channel.from("messages.2", "{}"))));
        assertThat(one.counts(queues)).isEqualTo(Map.of("one", 2, "other", 1));

        one.giveUp("messages.1");

        assertThat(other.counts(queues)).isEqualTo(Map.of("one", 1, "other", 1));
        assertThat(one.owns("messages.0")).isTrue();
        assertThat(one.owns("messages.1")).isFalse();
    }

    private void check(QueueOwners owners, Delivery... deliveries) throws SQLException {
        database.inTransaction(connection -> owners.check(new Batch(List.of(deliveries)), connection));
    }

    @Test
    void inAnH2FileOneProcessTellsItsOwnChannelsApart(@TempDir Path folder) throws SQLException {
        try (Database file = Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat"), "chat21", "", 2,
                5_000, false))) {
            QueueOwners alone = new QueueOwners(file, "one", Set.of());
            alone.claim(new Batch(List.of(first)));
            file.inTransaction(connection -> alone.check(new Batch(List.of(first)), connection));

            alone.claim(new Batch(List.of(again)));

            assertThatThrownBy(() -> file.inTransaction(connection ->
                    alone.check(new Batch(List.of(first)), connection))).isInstanceOf(QueueLost.class);
        }
    }
}

package chat21.observer.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;

/** Nodes at one database. */
class NodesTest {

    // So long that nobody is gone by chance.
    private static final long INTERVAL_MS = 10_000;
    private static final Partitions FOUR = new Partitions("messages", 4);

    static Stream<TestDatabase> databases() {
        return Stream.of(new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "chat21", ""),
                TestPostgres.shared().newDatabase());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void eachNodeCountsThoseThatAreThereAndForgetsThoseThatAreNot(TestDatabase at) {
        try (Database database = open(at)) {
            Nodes one = node(database, 4);
            Nodes other = node(database, 4);
            assertThat(one.beat()).isEqualTo(new Nodes.Present(1, 0));
            assertThat(other.beat()).isEqualTo(new Nodes.Present(2, 0));
            assertThat(one.beat()).isEqualTo(new Nodes.Present(2, 0));
            assertThat(new Nodes(database, FOUR, false, INTERVAL_MS).beat().sharing()).as("who consumes none").isEqualTo(2);
            assertThat(new Nodes(database, new Partitions("others", 4), true, INTERVAL_MS).beat().sharing()).isEqualTo(1);

            other.leave();
            assertThat(one.beat().sharing()).isEqualTo(1);

            // One whose time is over, and one that has written an hour that is far ahead.
            for (String time : List.of("-", "+")) {
                Nodes gone = node(database, 4);
                gone.beat();
                assertThat(one.beat().sharing()).isEqualTo(2);
                at.change("update node set expires = current_timestamp " + time + " interval '1' hour where name = ?", gone.name());
                assertThat(one.beat().sharing()).isEqualTo(1);
                assertThat(at.rows("select 1 from node where name = ?", gone.name())).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aNodeOfAnotherNumberIsNotLetInWhileOthersAreThere(TestDatabase at) {
        try (Database database = open(at)) {
            Nodes running = node(database, 4);
            Nodes other = node(database, 3);
            running.beat();
            assertThat(other.beat()).isEqualTo(new Nodes.Present(0, 4));
            assertThat(running.beat()).as("who was there first").isEqualTo(new Nodes.Present(1, 0));

            // It stands still for so long that the others have another number when it goes on.
            at.change("update node set expires = current_timestamp - interval '1' second where name = ?", running.name());
            assertThat(other.beat()).isEqualTo(new Nodes.Present(1, 0));

            assertThat(running.beat()).isEqualTo(new Nodes.Present(0, 3));
            assertThat(new Nodes(database, FOUR, false, INTERVAL_MS).beat().other()).as("who consumes none").isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void oneNodeChangesTheNumberUntilItIsDoneOrGone(TestDatabase at) {
        try (Database database = open(at)) {
            Nodes one = node(database, 4);
            Nodes other = node(database, 4);
            assertThat(one.claimChange()).isTrue();
            assertThat(one.claimChange()).isTrue();
            assertThat(other.claimChange()).isFalse();

            one.releaseChange();
            assertThat(other.claimChange()).isTrue();
            assertThat(one.claimChange()).isFalse();

            at.change("update node set expires = current_timestamp - interval '1' second where name = ?", other.name());
            assertThat(one.claimChange()).isTrue();
            assertThat(other.claimChange()).as("who is back").isFalse();

            one.leave();
            assertThat(other.claimChange()).isTrue();
        }
    }

    @Test
    void whereNoOtherProcessReachesTheDatabaseItIsNotAsked(@TempDir java.nio.file.Path folder) {
        TestDatabase file = TestDatabase.h2In(folder);
        try (Database database = open(file)) {
            Nodes alone = node(database, 4);
            assertThat(alone.beat()).isEqualTo(new Nodes.Present(1, 0));
            assertThat(alone.claimChange()).isTrue();
            alone.releaseChange();
            alone.leave();
        }
        assertThat(file.rows("select 1 from node")).isEmpty();
        assertThat(file.rows("select 1 from queue_owner")).isEmpty();
    }

    private static Nodes node(Database database, int partitions) {
        return new Nodes(database, new Partitions("messages", partitions), true, INTERVAL_MS);
    }

    private static Database open(TestDatabase at) {
        return Database.open(new DatabaseSettings(at.url(), at.user(), at.password(), 2, 5_000, false));
    }
}

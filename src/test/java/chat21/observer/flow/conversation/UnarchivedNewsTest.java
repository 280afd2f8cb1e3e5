package chat21.observer.flow.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import chat21.observer.message.Delivery;
import chat21.observer.testing.InboxDatabase;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;

/** That a conversation came back from the archive is told though the process is killed once that is stored. */
class UnarchivedNewsTest {

    static Stream<TestDatabase> databases() {
        return Stream.of(new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID(), "chat21", ""),
                TestPostgres.shared().newDatabase());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatWasStoredBeforeTheProcessWasKilledIsToldAsTheSameEventWhenItComesAgain(TestDatabase database)
            throws SQLException {
        try (InboxDatabase inboxes = new InboxDatabase(database)) {
            inboxes.send("alice", "bob", "{}");
            inboxes.archive("bob", "alice");
            Delivery back = inboxes.sent("alice", "bob", "{\"text\":\"back\"}");
            Delivery next = inboxes.sent("alice", "bob", "{\"text\":\"next\"}");

            List<Delivery> again = inboxes.sentAgain(back, next);

            assertThat(InboxDatabase.events(back)).hasSize(1);
            assertThat(InboxDatabase.published(back)).hasSize(1);
            assertThat(InboxDatabase.events(again.get(0))).isEqualTo(InboxDatabase.events(back));
            assertThat(InboxDatabase.published(again.get(0))).isEqualTo(InboxDatabase.published(back));
            assertTellsNothing(next);
            assertTellsNothing(again.get(1));
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatBroughtAGroupBackTellsItToEachMemberAgain(TestDatabase database) throws SQLException {
        String json = "{\"group\":{\"name\":\"g\",\"members\":{\"alice\":1,\"bob\":1,\"carol\":1}}}";
        try (InboxDatabase inboxes = new InboxDatabase(database)) {
            inboxes.send("alice", "group-g", json);
            inboxes.archive("bob", "group-g");
            inboxes.archive("carol", "group-g");
            Delivery back = inboxes.sent("alice", "group-g", json);

            Delivery again = inboxes.sentAgain(back).get(0);

            assertThat(InboxDatabase.events(back)).hasSize(2);
            assertThat(InboxDatabase.events(again)).containsExactlyInAnyOrderElementsOf(InboxDatabase.events(back));
            assertThat(InboxDatabase.published(again)).hasSize(2)
                    .containsExactlyInAnyOrderElementsOf(InboxDatabase.published(back));
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whoHasArchivedItOnceMoreIsNotToldThatItHadComeBack(TestDatabase database) throws SQLException {
        try (InboxDatabase inboxes = new InboxDatabase(database)) {
            inboxes.send("alice", "bob", "{}");
            inboxes.archive("bob", "alice");
            Delivery back = inboxes.sent("alice", "bob", "{\"text\":\"back\"}");
            inboxes.archive("bob", "alice");

            assertTellsNothing(inboxes.sentAgain(back).get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aReadyMessageThatComesAgainTellsItAgainAndNoOtherDoes(TestDatabase database) throws SQLException {
        try (InboxDatabase inboxes = new InboxDatabase(database)) {
            inboxes.send("alice", "bob", "{}");
            inboxes.archive("bob", "alice");
            Delivery back = inboxes.deliver("bob", "alice", ready("m1"));
            List<String> told = InboxDatabase.events(back);

            assertThat(told).hasSize(1);
            assertThat(InboxDatabase.events(inboxes.deliver("bob", "alice", ready("m2")))).isEmpty();
            assertThat(InboxDatabase.events(inboxes.deliver("bob", "alice", ready("m2")))).isEmpty();
            Delivery again = inboxes.deliver("bob", "alice", ready("m1"));
            assertThat(InboxDatabase.events(again)).isEqualTo(told);
            assertThat(InboxDatabase.published(again)).isEqualTo(InboxDatabase.published(back));
        }
    }

    private static void assertTellsNothing(Delivery delivery) {
        assertThat(InboxDatabase.events(delivery)).isEmpty();
        assertThat(InboxDatabase.published(delivery)).isEmpty();
    }

    private static String ready(String id) {
        return "{\"message_id\":\"" + id + "\",\"sender\":\"alice\",\"recipient\":\"bob\",\"text\":\"x\",\"type\":\"text\","
                + "\"channel_type\":\"direct\",\"app_id\":\"a\",\"timestamp\":1750000000000}";
    }
}

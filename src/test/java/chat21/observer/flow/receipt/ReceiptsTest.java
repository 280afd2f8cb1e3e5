package chat21.observer.flow.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.testing.InboxDatabase;
import chat21.observer.testing.TestPostgres;

/** Receipts by the id of a message, and by the id that its sender's page gave it before. */
class ReceiptsTest {

    private final InboxDatabase inboxes = new InboxDatabase();

    @AfterEach
    void close() {
        inboxes.close();
    }

    @Test
    void aMessageThatIsNamedByItsSendersOwnIdIsFound() throws SQLException {
        namedByItsSendersOwnId(inboxes);
    }

    @Test
    void theSameOnPostgres() throws SQLException {
        try (InboxDatabase postgres = new InboxDatabase(TestPostgres.shared().newDatabase())) {
            namedByItsSendersOwnId(postgres);
        }
    }

    private static void namedByItsSendersOwnId(InboxDatabase inboxes) throws SQLException {
        ChatMessage message = inboxes.send("alice", "bob", named("temp-1"));
        inboxes.send("alice", "bob", named("temp-2"));

        Delivery receipt = inboxes.receipt("bob", "alice", "temp-1");

        assertThat(receipt.decision().refusal()).isNull();
        assertThat(InboxDatabase.published(receipt)).containsExactly(updated(message.messageId()), updated("temp-1"));
        assertThat(inboxes.status("bob", message.messageId())).isEqualTo(200);
        assertThat(inboxes.status("alice", message.messageId())).isEqualTo(250);
    }

    @Test
    void theSendersPageHearsUnderItsOwnIdWhateverTheReceiptNames() throws SQLException {
        ChatMessage message = inboxes.send("alice", "bob", named("temp-1"));

        assertThat(InboxDatabase.published(inboxes.receipt("bob", "alice", message.messageId())))
                .containsExactly(updated(message.messageId()), updated("temp-1"));
    }

    @Test
    void inAGroupTheMessageIsFoundWhoeverSentIt() throws SQLException {
        String group = "{\"group\":{\"members\":{\"bob\":1}},\"attributes\":{\"tempUID\":\"temp-1\"}}";
        ChatMessage message = inboxes.send("alice", "group-1", group);

        assertThat(InboxDatabase.published(inboxes.receipt("bob", "group-1", "temp-1"))).containsExactly(
                "apps.a.users.alice.messages.group-1." + message.messageId()
                        + ".clientupdated {\"timelineOf\":\"alice\",\"message_id\":\"" + message.messageId() + "\",\"status\":250}",
                "apps.a.users.alice.messages.group-1.temp-1.clientupdated"
                        + " {\"timelineOf\":\"alice\",\"message_id\":\"temp-1\",\"status\":250}");
    }

    static Stream<String> strangers() {
        return Stream.of(
                // No answer that is the only one.
                "bob alice twice",
                // Of another conversation, one's own, or in another place than the attributes.
                "bob carol temp-1", "alice bob temp-1", "carol alice temp-1", "bob alice elsewhere", "bob alice TEMP-1");
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void anIdThatIsNotThatOfOneReceivedMessageIsNotFound(String receipt) throws SQLException {
        ChatMessage message = inboxes.send("alice", "bob", named("temp-1"));
        inboxes.send("alice", "bob", named("twice"));
        inboxes.send("alice", "bob", named("twice"));
        inboxes.send("alice", "bob", "{\"tempUID\":\"elsewhere\",\"text\":\"\\\"tempUID\\\":\\\"elsewhere\\\"\"}");
        inboxes.send("carol", "bob", "{}");
        String[] words = receipt.split(" ");

        Delivery delivery = inboxes.receipt(words[0], words[1], words[2]);

        assertThat(delivery.decision().refusal().reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(delivery.decision().publications()).isEmpty();
        assertThat(inboxes.status("bob", message.messageId())).isEqualTo(150);
    }

    @Test
    void aReceiptThatIsRefusedKeepsNoOtherOfItsBatchFromItsWay() throws SQLException {
        ChatMessage message = inboxes.send("alice", "bob", "{}");

        List<Delivery> receipts = inboxes.receipts("bob", "alice", "nobodys", message.messageId());

        assertThat(receipts.get(0).decision().refusal().reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(InboxDatabase.published(receipts.get(0))).isEmpty();
        assertThat(InboxDatabase.published(receipts.get(1))).containsExactly(updated(message.messageId()));
        assertThat(inboxes.status("bob", message.messageId())).isEqualTo(200);
    }

    @Test
    void onlyTheNewestMessagesAreLookedAt() throws SQLException {
        inboxes.send("alice", "bob", named("temp-1"));
        for (int i = 0; i < 50; i++) {
            inboxes.send("alice", "bob", "{}");
        }

        assertThat(inboxes.receipt("bob", "alice", "temp-1").decision().refusal().reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "\"a.b\"", "\"\"", "{}"})
    void anIdThatBreaksATopicIsNotToldOf(String tempId) throws SQLException {
        ChatMessage message = inboxes.send("alice", "bob", "{\"attributes\":{\"tempUID\":" + tempId + "}}");

        assertThat(InboxDatabase.published(inboxes.receipt("bob", "alice", message.messageId())))
                .containsExactly(updated(message.messageId()));
    }

    private static String named(String tempId) {
        return "{\"text\":\"hi\",\"attributes\":{\"tempUID\":\"" + tempId + "\"}}";
    }

    private static String updated(String id) {
        return "apps.a.users.alice.messages.bob." + id + ".clientupdated {\"timelineOf\":\"alice\",\"message_id\":\"" + id
                + "\",\"status\":250}";
    }
}

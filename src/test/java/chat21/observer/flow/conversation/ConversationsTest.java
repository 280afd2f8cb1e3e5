package chat21.observer.flow.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.protocol.Reason;
import chat21.observer.testing.InboxDatabase;

/** What becomes of a user's conversations: that something is new, how much, and in which list they stand. */
class ConversationsTest {

    private static final String READ = "{\"is_new\":false}";
    private static final String UNREAD = "{\"is_new\":true}";

    private final InboxDatabase inboxes = new InboxDatabase();

    @AfterEach
    void close() {
        inboxes.close();
    }

    @Test
    void whatTheUserSaysOfAConversationAndTheCountersAgree() throws SQLException {
        inboxes.send("alice", "bob", "{}");
        inboxes.send("alice", "bob", "{}");
        assertUnread("bob", 2);

        inboxes.patch("bob", "alice", READ);
        assertUnread("bob", 0);
        inboxes.patch("bob", "alice", UNREAD);
        assertUnread("bob", 1);
        inboxes.patch("bob", "alice", UNREAD);
        assertUnread("bob", 1);
        inboxes.send("alice", "bob", "{}");
        assertUnread("bob", 2);
        inboxes.patch("bob", "alice", UNREAD);
        assertUnread("bob", 2);
        inboxes.patch("bob", "alice", READ);
        assertUnread("bob", 0);
    }

    @Test
    void thatSomethingIsNewMayBeSaidAsTheOriginalTakesIt() throws SQLException {
        inboxes.send("alice", "bob", "{}");

        inboxes.patch("bob", "alice", "{\"is_new\":\"false\"}");
        assertUnread("bob", 0);
        assertThat(InboxDatabase.published(inboxes.patch("bob", "alice", "{\"is_new\":1,\"attributes\":[]}"))).singleElement()
                .asString().endsWith("{\"is_new\":true,\"attributes\":{},\"timelineOf\":\"bob\",\"conversWith\":\"alice\"}");
        assertUnread("bob", 1);
    }

    @Test
    void onesOwnMessagesAndReceiptsChangeNothingThatIsUnread() throws SQLException {
        ChatMessage message = inboxes.send("alice", "bob", "{}");
        inboxes.send("bob", "alice", "{}");
        inboxes.send("bob", "bob", "{}");
        inboxes.receipt("bob", "alice", message.messageId());

        assertUnread("bob", 1);
        assertUnread("alice", 1);
    }

    @Test
    void anArchivedConversationCountsInNoListAndComesBackAsItWas() throws SQLException {
        inboxes.send("alice", "bob", "{}");
        inboxes.send("carol", "bob", "{}");
        inboxes.archive("bob", "alice");
        assertUnread("bob", 1);

        inboxes.send("alice", "bob", "{}");
        assertUnread("bob", 3);

        inboxes.archive("bob", "alice");
        inboxes.patch("bob", "alice", READ);
        inboxes.send("bob", "alice", "{}");
        assertUnread("bob", 1);
    }

    @Test
    void whatLeavesTheConversationAloneLeavesItsCountersAlone() throws SQLException {
        inboxes.send("alice", "bob", "{}");
        inboxes.patch("bob", "alice", READ);

        inboxes.send("alice", "bob", "{\"attributes\":{\"updateconversation\":false}}");
        inboxes.deliver("bob", "alice", ready("m1", 150, "\"attributes\":{\"updateconversation\":false}"));

        assertUnread("bob", 0);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {"'\"text\":\"a\"', 150, 1", "'\"text\":\"a\"', 200, 1", "'\"text\":\"seen\"', 300, 0",
        "'\"__history\":\"true\"', 150, 0"})
    void ofReadyMessagesCountWhatIsNewToTheUser(String fields, int status, int unread) throws SQLException {
        inboxes.deliver("bob", "alice", ready("m1", status, fields));
        inboxes.deliver("bob", "alice", ready("m1", status, fields));
        inboxes.persist("bob", "alice", ready("m1", status, fields));

        assertUnread("bob", unread);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {"'{\"type\":\"image\"}', ''", "'{\"text\":null}', ''", "'{\"text\":\"\"}', ''",
        "'{\"text\":[]}', ''", "'{\"text\":42}', 42", "'{\"text\":\"hi\"}', hi"})
    void aConversationHasATextWhateverComesIntoIt(String message, String text) throws SQLException {
        inboxes.send("alice", "bob", message);

        JsonNode conversation = inboxes.conversations("bob", false).path("result").path(0);
        assertThat(conversation.path("text").textValue()).isEqualTo(text);
        assertThat(conversation.path("last_message_text").textValue()).isEqualTo(text);
    }

    @Test
    void aMessageThatBringsAConversationBackTellsTheListOfArchivedOnes() throws SQLException {
        inboxes.send("alice", "bob", "{}");
        inboxes.archive("bob", "alice");

        Delivery delivery = inboxes.sent("alice", "bob", "{}");

        String gone = "apps.a.users.bob.archived_conversations.alice.clientdeleted {\"key\":\"alice\",\"conversWith\":\"alice\"}";
        assertThat(InboxDatabase.published(delivery)).containsExactly(gone);
        assertThat(InboxDatabase.published(inboxes.sent("alice", "bob", "{}"))).isEmpty();
    }

    @Test
    void aReadyMessageTellsTheListOfArchivedOnesToo() throws SQLException {
        inboxes.send("alice", "bob", "{}");
        inboxes.archive("bob", "alice");

        assertThat(InboxDatabase.published(inboxes.deliver("bob", "alice", ready("m1", 150, "\"text\":\"a\"")))).anySatisfy(
                each -> assertThat(each).startsWith("apps.a.users.bob.archived_conversations.alice.clientdeleted "));
    }

    @ParameterizedTest
    @ValueSource(strings = {READ, "{\"is_new\":false,\"timelineOf\":\"eve\"}", "{\"is_new\":\"false\"}"})
    void thatAConversationIsReadThatIsNotThereIsCountedAndLeft(String patch) throws SQLException {
        assertRefused(inboxes.patch("bob", "nobody", patch), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {UNREAD, "{\"is_new\":false,\"attributes\":{\"a\":1}}", "{\"attributes\":{\"a\":1}}"})
    void whatElseIsSaidOfAConversationThatIsNotThereIsKeptAsADeadLetter(String patch) throws SQLException {
        assertRefused(inboxes.patch("bob", "nobody", patch), true);
    }

    @Test
    void anArchiveOfAConversationThatIsNotThereIsCountedAndLeft() throws SQLException {
        assertRefused(inboxes.archive("bob", "nobody"), false);
    }

    private static void assertRefused(Delivery delivery, boolean leavesLetter) {
        assertThat(delivery.decision().refusal().reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(delivery.decision().refusal().leavesLetter()).isEqualTo(leavesLetter);
        assertThat(delivery.decision().publications()).isEmpty();
    }

    private void assertUnread(String user, int expected) throws SQLException {
        int sum = 0;
        for (boolean archived : new boolean[] {false, true}) {
            JsonNode list = inboxes.conversations(user, archived);
            assertThat(list.path("unread").intValue()).isEqualTo(expected);
            for (JsonNode conversation : list.path("result")) {
                int unread = conversation.path("unread").intValue();
                assertThat(conversation.path("is_new").booleanValue()).isEqualTo(unread > 0);
                sum += archived ? 0 : unread;
            }
        }
        assertThat(sum).isEqualTo(expected);
    }

    private static String ready(String id, int status, String fields) {
        return "{\"message_id\":\"" + id + "\",\"sender\":\"alice\",\"recipient\":\"bob\",\"status\":" + status
                + ",\"timestamp\":1750000000000," + fields + "}";
    }
}

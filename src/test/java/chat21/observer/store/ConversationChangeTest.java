package chat21.observer.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import chat21.observer.inbox.InboxCopy;
import chat21.observer.message.ChatMessage;
import chat21.observer.testing.Messages;

class ConversationChangeTest {

    @Test
    void somebodyElsesMessageIsNewAndUnreadAndOnesOwnIsNot() {
        ChatMessage message = Messages.to("bob", "{\"timestamp\":1749999999999}");

        assertThat(ConversationChange.of(InboxCopy.of(message, "bob", "alice", 150)))
                .isEqualTo(new ConversationChange(message.messageId(), 1_749_999_999_999L, true, 1));
        assertThat(ConversationChange.of(InboxCopy.of(message, "alice", "bob", 100)))
                .isEqualTo(new ConversationChange(message.messageId(), 1_749_999_999_999L, false, 0));
    }

    @Test
    void theNewestByTimestampIsTheLastAndTheUnreadAddUp() {
        ConversationChange newer = new ConversationChange("newer", 2, true, 1);
        ConversationChange older = new ConversationChange("older", 1, true, 1);

        assertThat(newer.then(older)).isEqualTo(new ConversationChange("newer", 2, true, 2));
        assertThat(older.then(newer)).isEqualTo(new ConversationChange("newer", 2, true, 2));
    }

    @Test
    void ofEqualTimestampsTheOneThatCameLaterIsTheLast() {
        ConversationChange first = new ConversationChange("first", 1, true, 1);

        assertThat(first.then(new ConversationChange("second", 1, true, 1)).lastMessageId()).isEqualTo("second");
    }
}

package chat21.observer.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import chat21.observer.inbox.InboxCopy;
import chat21.observer.message.ChatMessage;
import chat21.observer.testing.Messages;

class ConversationChangeTest {

    @Test
    void somebodyElsesMessageIsNewAndUnreadAndOnesOwnIsNot() {
        ChatMessage message = Messages.to("bob", "{}");

        assertThat(ConversationChange.of(InboxCopy.of(message, "bob", "alice", 150)))
                .isEqualTo(new ConversationChange(message.messageId(), message.timestamp(), true, 1));
        assertThat(ConversationChange.of(InboxCopy.of(message, "alice", "bob", 100)))
                .isEqualTo(new ConversationChange(message.messageId(), message.timestamp(), false, 0));
    }

    @Test
    void theNewestByTimestampIsTheLastAndTheUnreadAddUp() {
        ConversationChange newer = new ConversationChange("newer", 2, true, 1);
        ConversationChange older = new ConversationChange("older", 1, true, 1);

        assertThat(newer.then(older)).isEqualTo(new ConversationChange("newer", 2, true, 2));
        assertThat(older.then(newer)).isEqualTo(new ConversationChange("newer", 2, true, 2));
    }

    @Test
    void ofEqualTimestampsTheGreaterIdIsTheLastAsInTheHistory() {
        ConversationChange first = new ConversationChange("m1", 1, true, 1);
        ConversationChange second = new ConversationChange("m2", 1, true, 1);

        assertThat(first.then(second).lastMessageId()).isEqualTo("m2");
        assertThat(second.then(first).lastMessageId()).isEqualTo("m2");
    }
}

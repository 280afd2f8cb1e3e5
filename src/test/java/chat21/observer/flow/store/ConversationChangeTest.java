package chat21.observer.flow.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import chat21.observer.message.ChatMessage;
import chat21.observer.message.InboxCopy;
import chat21.observer.testing.Messages;

class ConversationChangeTest {

    @Test
    void somebodyElsesMessageIsNewAndUnreadAndOnesOwnIsNot() {
        ChatMessage message = Messages.to("bob", "{}");

        assertThat(ConversationChange.of(InboxCopy.of(message, "bob", "alice", 150)))
                .isEqualTo(ConversationChange.of(message.messageId(), message.timestamp(), true));
        assertThat(ConversationChange.of(InboxCopy.of(message, "alice", "bob", 100)))
                .isEqualTo(ConversationChange.of(message.messageId(), message.timestamp(), false));
    }

    @Test
    void theNewestByTimestampIsTheLastAndTheUnreadAddUp() {
        ConversationChange newer = ConversationChange.of("newer", 2, true);
        ConversationChange older = ConversationChange.of("older", 1, true);

        assertThat(newer.then(older)).isEqualTo(new ConversationChange("newer", "newer", 2, true, 2));
        assertThat(older.then(newer)).isEqualTo(new ConversationChange("older", "newer", 2, true, 2));
    }

    @Test
    void ofEqualTimestampsTheGreaterIdIsTheLastAsInTheHistory() {
        ConversationChange first = ConversationChange.of("m1", 1, true);
        ConversationChange second = ConversationChange.of("m2", 1, true);

        assertThat(first.then(second).lastMessageId()).isEqualTo("m2");
        assertThat(second.then(first).lastMessageId()).isEqualTo("m2");
    }
}

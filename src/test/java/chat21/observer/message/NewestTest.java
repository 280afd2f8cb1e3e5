package chat21.observer.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import chat21.observer.message.Newest.Conversation;

class NewestTest {

    private static final long NOW = 1_750_000_000_000L;
    private static final long HOUR = 3_600_000;

    private final Newest newest = new Newest();
    private final Conversation conversation = Conversation.ofTwo("a", "alice", "bob");

    @Test
    void theFirstMessageHasTheServersTime() {
        assertThat(newest.accept(conversation, NOW, "m1")).isEqualTo(NOW);
    }

    @Test
    void aClockThatIsBehindIsHeldAtTheMessageBefore() {
        newest.add(conversation, NOW, "m1");

        assertThat(newest.accept(conversation, NOW - HOUR, "m2")).isEqualTo(NOW);
        assertThat(newest.accept(conversation, NOW - HOUR + 5, "m3")).isEqualTo(NOW);
    }

    @Test
    void messagesOfOneMillisecondAreAsOrderedByTheirIds() {
        assertThat(newest.accept(conversation, NOW, "m2")).isEqualTo(NOW);
        assertThat(newest.accept(conversation, NOW, "m3")).isEqualTo(NOW);
        assertThat(newest.accept(conversation, NOW, "m1")).isEqualTo(NOW + 1);
        assertThat(newest.accept(conversation, NOW, "m4")).isEqualTo(NOW + 1);
    }

    @Test
    void theNewestOfWhatIsKnownCounts() {
        newest.add(conversation, NOW + 2, "m2");
        newest.add(conversation, NOW + 1, "m3");

        assertThat(newest.accept(conversation, NOW, "m4")).isEqualTo(NOW + 2);
    }

    @Test
    void twoUsersHaveOneConversationAndAGroupItsOwn() {
        newest.add(Conversation.ofTwo("a", "bob", "alice"), NOW, "m1");

        assertThat(newest.accept(conversation, NOW - HOUR, "m2")).isEqualTo(NOW);
        assertThat(newest.accept(Conversation.ofGroup("a", "alice"), NOW - HOUR, "m2")).isEqualTo(NOW - HOUR);
        assertThat(newest.accept(Conversation.ofTwo("b", "alice", "bob"), NOW - HOUR, "m2")).isEqualTo(NOW - HOUR);
    }

    @Test
    void aMessageThatClaimsToBeOfAnotherYearHoldsNothingUp() {
        newest.add(conversation, NOW + 400 * 24 * HOUR, "m1");

        assertThat(newest.accept(conversation, NOW, "m2")).isEqualTo(NOW);
    }
}

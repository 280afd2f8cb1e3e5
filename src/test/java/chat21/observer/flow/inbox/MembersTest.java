package chat21.observer.flow.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.message.ChatMessage;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Messages;

class MembersTest {

    private static final String INLINE = "{\"channel_type\":\"group\",\"group\":{\"members\":{\"bob\":1,\"carol\":1}}}";

    private final Members members = new Members(3, Set.of("alice-the-trusted"));

    @Test
    void aGroupIsStoredOrNamedByItsId() {
        assertThat(members.isGroup(Messages.toStored("team", Set.of("alice"), "{}"))).isTrue();
        assertThat(members.isGroup(Messages.to("support-group-1", "{}"))).isTrue();
        assertThat(members.isGroup(Messages.to("group-1", INLINE))).isTrue();
    }

    @Test
    void aUserDoesNotBecomeAGroupByWhatAMessageSays() {
        assertThat(members.isGroup(Messages.to("bob", INLINE))).isFalse();
        assertThat(members.isGroup(Messages.to("bob", "{\"channel_type\":\"group\"}"))).isFalse();
        assertThat(members.isGroup(Messages.to("bob", "{\"group\":{\"members\":{\"eve\":1}}}"))).isFalse();
        assertThat(members.isGroup(Messages.to("bob", "{}"))).isFalse();
    }

    @Test
    void aStoredGroupsMembersCountWhateverTheMessageBrings() {
        assertThat(members.of(Messages.toStored("team", Set.of("alice", "bob"), INLINE)))
                .containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    void whoIsNoMemberOfAStoredGroupIsRefusedUnlessTrusted() {
        assertThatThrownBy(() -> members.of(Messages.toStored("team", Set.of("bob"), "{}")))
                .isInstanceOfSatisfying(Refusal.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_A_MEMBER));
        assertThat(new Members(3, Set.of("alice")).of(Messages.toStored("team", Set.of("bob"), "{}")))
                .containsExactly("bob");
    }

    @Test
    void whoIsNoMemberIsLetThroughIfABackEndVouchesForIt() {
        ChatMessage message = Messages.toStored("team", Set.of("bob"), "{}");
        message.delivery().vouch();

        assertThat(members.of(message)).containsExactly("bob");
    }

    @Test
    void anInlineGroupGetsItsSenderAndItselfAdded() {
        assertThat(members.of(Messages.to("group-1", INLINE))).containsExactlyInAnyOrder("bob", "carol", "alice",
                "group-1");
    }

    @Test
    void anUnknownGroupIsItsSenderAndItself() {
        assertThat(members.of(Messages.to("group-1", "{}"))).containsExactlyInAnyOrder("alice", "group-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "[\"bob\"]", "{}", "{\"members\":null}", "{\"members\":[\"bob\"]}",
        "{\"members\":\"bob\"}"})
    void anInlineGroupOfABadShapeIsRefused(String group) {
        assertRefused("{\"channel_type\":\"group\",\"group\":" + group + "}", Reason.BAD_FIELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\"", "{\"members\":[]}", "{\"members\":{}}"})
    void anInlineGroupThatMeansNothingIsNone(String group) {
        assertThat(members.of(Messages.to("group-1", "{\"channel_type\":\"group\",\"group\":" + group + "}")))
                .containsExactlyInAnyOrder("alice", "group-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "#", "a/b"})
    void anInlineMemberWhoseIdWouldBreakATopicIsRefused(String id) {
        assertRefused("{\"channel_type\":\"group\",\"group\":{\"members\":{\"" + id + "\":1}}}", Reason.BAD_ID);
    }

    @Test
    void anInlineGroupIsCapped() {
        String four = IntStream.range(0, 4).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(","));

        assertRefused("{\"channel_type\":\"group\",\"group\":{\"members\":{" + four + "}}}", Reason.GROUP_TOO_LARGE);
    }

    private void assertRefused(String json, Reason reason) {
        assertThatThrownBy(() -> members.of(Messages.to("group-1", json))).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}

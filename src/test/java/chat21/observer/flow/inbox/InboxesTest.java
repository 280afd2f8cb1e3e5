package chat21.observer.flow.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.message.InboxCopy;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Messages;

class InboxesTest {

    private final Inboxes inboxes = new Inboxes(new Members(100, Set.of()));

    @Test
    void aDirectMessageEntersTheSendersInboxAndThenTheRecipients() {
        assertThat(shown(inboxes.ofDirect(Messages.to("bob", "{}")))).containsExactly(
                "alice/bob 100 apps.a.users.alice.messages.bob.clientadded",
                "bob/alice 150 apps.a.users.bob.messages.alice.clientadded");
    }

    @Test
    void whoWritesToItselfGetsBoth() {
        assertThat(shown(inboxes.ofDirect(Messages.to("alice", "{}")))).containsExactly(
                "alice/alice 100 apps.a.users.alice.messages.alice.clientadded",
                "alice/alice 150 apps.a.users.alice.messages.alice.clientadded");
    }

    @Test
    void aStoredGroupsMessageEntersEachMembersInboxAndLastItsOwn() {
        List<String> shown = shown(inboxes.ofGroup(Messages.toStored("team", Set.of("alice", "bob"), "{}")));

        assertThat(shown).containsExactlyInAnyOrder(
                "alice/team 150 apps.a.users.alice.messages.team.clientadded",
                "bob/team 150 apps.a.users.bob.messages.team.clientadded",
                "team/team 100 apps.a.users.team.messages.team.clientadded");
        assertThat(shown.get(2)).startsWith("team/team");
    }

    @Test
    void anInlineGroupsMessageEntersTheInboxesItNamesAndTheSenders() {
        assertThat(owners("group-x", "{\"channel_type\":\"group\",\"group\":{\"members\":{\"bob\":1}}}"))
                .containsExactly("bob", "alice", "group-x");
    }

    @Test
    void anInlineGroupThatNamesItselfGetsOneCopy() {
        assertThat(owners("group-x", "{\"channel_type\":\"group\",\"group\":{\"members\":{\"group-x\":1}}}"))
                .containsExactly("alice", "group-x");
    }

    @Test
    void aMessageThatDoesNotSayWhatKindOfConversationItGoesToIsToldByWhereItGoes() {
        assertThat(channel(inboxes.ofDirect(Messages.to("bob", "{}")))).isEqualTo("direct");
        assertThat(channel(inboxes.ofGroup(Messages.to("group-x", "{\"channel_type\":\"\"}")))).isEqualTo("group");
        assertThat(channel(inboxes.ofGroup(Messages.to("group-x", "{\"channel_type\":\"own\"}")))).isEqualTo("own");
    }

    private static String channel(List<InboxCopy> copies) {
        return copies.get(0).message().text("channel_type");
    }

    @Test
    void aTransientGroupsMessageEntersTheSendersInboxAndTheGroups() {
        assertThat(owners("group-x", "{}")).containsExactly("alice", "group-x");
    }

    @Test
    void whoItIsHiddenForIsSkippedAloneWhereverItStands() {
        Set<String> members = new LinkedHashSet<>(List.of("bob", "carol", "alice"));

        assertThat(inboxes.ofGroup(Messages.toStored("team", members, "{\"attributes\":{\"hiddenFor\":\"bob\"}}")))
                .extracting(InboxCopy::owner).containsExactly("carol", "alice", "team");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "[\"bob\"]", "\"nobody\"", "{}"})
    void aHiddenForThatNamesNoMemberHidesFromNobody(String value) {
        assertThat(inboxes.ofGroup(Messages.toStored("team", Set.of("alice", "bob"),
                "{\"attributes\":{\"hiddenFor\":" + value + "}}"))).hasSize(3);
    }

    @Test
    void aMemberWhoseRoutingKeyWouldBeTooLongRefusesTheWhole() {
        assertThatThrownBy(() -> owners("group-x", "{\"channel_type\":\"group\",\"group\":{\"members\":{\"bob\":1,\""
                + "\u732b".repeat(80) + "\":1}}}")).isInstanceOf(Refusal.class);
    }

    private List<String> owners(String recipient, String json) {
        return inboxes.ofGroup(Messages.to(recipient, json)).stream().map(InboxCopy::owner).toList();
    }

    private static List<String> shown(List<InboxCopy> copies) {
        return copies.stream().map(c -> c.owner() + "/" + c.peer() + " " + c.status() + " " + c.routingKey()).toList();
    }
}

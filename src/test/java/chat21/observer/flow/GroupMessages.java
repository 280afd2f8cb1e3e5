package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ChatClient.Received;

abstract class GroupMessages extends Flow {

    GroupMessages(Store store) {
        super(store);
    }

    @Test
    @Tag("broker")
    void aGroupOfFiftyGetsFiftyOneCopiesOfOneStoredText() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");
        String group = newId("team");
        String[] members = members(48, alice, bob);
        storeGroup(group, members);

        alice.send(group, "{\"text\":\"all\",\"channel_type\":\"group\"}");

        Received copy = bob.awaitMessage(group, "all");
        assertThat(alice.awaitMessage(group, "all").json().path("status").intValue()).isEqualTo(150);
        assertThat(copy.json().path("status").intValue()).isEqualTo(150);
        String id = copy.json().path("message_id").textValue();
        assertThat(database.column("select timeline_of from timeline where app_id = ? and message_id = ?"
                + " and convers_with = ? and status = 150", app, id, group)).containsExactlyInAnyOrder(members);
        assertThat(timeline(group, group)).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("status", 100).containsEntry("message_id", id));
        assertThat(database.number("select count(*) from message where app_id = ? and recipient = ?", app, group))
                .isEqualTo(1);
        assertThat(database.number("select count(*) from conversation where app_id = ? and convers_with = ?", app,
                group)).isEqualTo(51);
        assertThat(conversation(alice.user(), group)).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("is_new", false).containsEntry("unread", 0));
        assertThat(conversation(bob.user(), group)).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("is_new", true).containsEntry("unread", 1));
    }

    @Test
    @Tag("broker")
    void messagesToHundredsReachEachOnceAndInOrderWithoutWhoBlocksOneSender() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");
        ChatClient carol = newClient("carol");
        String group = newId("many");
        String[] members = members(350, alice, bob, carol);
        storeGroup(group, members);
        database.change("insert into block (app_id, user_id, blocked_id) values (?, ?, ?)", app, bob.user(), carol.user());

        alice.send(group, "{\"text\":\"1\"}");
        carol.send(group, "{\"text\":\"blocked\"}");
        alice.send(group, "{\"text\":\"2\"}");
        alice.send(bob.user(), "{\"text\":\"beside\"}");

        bob.awaitMessage(alice.user(), "beside");
        bob.awaitMessage(group, "2");
        await().until(() -> timelineRows(group) == 3L * members.length - 1 + 3);
        assertThat(texts(bob, group)).containsExactly("1", "2");
        assertThat(database.number("select count(*) from (select distinct timeline_of, message_id from timeline"
                + " where app_id = ? and convers_with = ?) t", app, group)).isEqualTo(timelineRows(group));
        assertThat(conversation(bob.user(), group)).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("unread", 2));
        assertThat(conversation(members[200], group)).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("unread", 3));
    }

    private static String[] members(int others, ChatClient... clients) {
        return Stream.concat(Stream.of(clients).map(ChatClient::user),
                IntStream.range(0, others).mapToObj(i -> newId("member" + i))).toArray(String[]::new);
    }

    private long timelineRows(String group) {
        return database.number("select count(*) from timeline where app_id = ? and convers_with = ?", app, group);
    }

    @Test
    @Tag("broker")
    void anInlineGroupReachesThoseItNamesAndItsSender() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");
        String group = newId("group-inline");

        alice.send(group, "{\"text\":\"hi\",\"channel_type\":\"group\",\"group\":{\"members\":{\"" + bob.user()
                + "\":1}}}");

        bob.awaitMessage(group, "hi");
        alice.awaitMessage(group, "hi");
        assertThat(inboxesWith(group)).containsExactlyInAnyOrder(alice.user(), bob.user(), group);
    }

    @Test
    void anInlineGroupCannotAddMembersToAStoredOne() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");
        String group = newId("closed");
        storeGroup(group, alice.user());

        alice.send(group, "{\"text\":\"hi\",\"channel_type\":\"group\",\"group\":{\"members\":{\"" + bob.user()
                + "\":1}}}");

        alice.awaitMessage(group, "hi");
        assertThat(inboxesWith(group)).containsExactlyInAnyOrder(alice.user(), group);
    }

    @Test
    void anUnknownGroupIsTransientAndReachesItsSenderAlone() {
        ChatClient alice = newClient("alice");
        String group = newId("support-group");

        alice.send(group, "{\"text\":\"help\"}");

        alice.awaitMessage(group, "help");
        assertThat(inboxesWith(group)).containsExactlyInAnyOrder(alice.user(), group);
        assertThat(database.number("select count(*) from chat_group where group_id = ?", group)).isZero();
    }

    @Test
    void aMessageHiddenForOneMemberReachesAllOthers() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");
        ChatClient carol = newClient("carol");
        String group = newId("team");
        storeGroup(group, alice.user(), bob.user(), carol.user());

        alice.send(group, "{\"text\":\"psst\",\"attributes\":{\"hiddenFor\":\"" + bob.user() + "\"}}");
        alice.send(group, "{\"text\":\"loud\"}");

        carol.awaitMessage(group, "psst");
        bob.awaitMessage(group, "loud");
        assertThat(texts(bob, group)).containsExactly("loud");
        assertThat(timeline(bob.user(), group)).hasSize(1);
        assertThat(timeline(carol.user(), group)).hasSize(2);
    }

    @Test
    void aBlockedSenderReachesTheGroupWithoutTheBlocker() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");
        ChatClient carol = newClient("carol");
        String group = newId("team");
        storeGroup(group, alice.user(), bob.user(), carol.user());
        database.change("insert into block (app_id, user_id, blocked_id) values (?, ?, ?)", app, bob.user(),
                alice.user());

        alice.send(group, "{\"text\":\"from alice\"}");
        carol.send(group, "{\"text\":\"from carol\"}");

        carol.awaitMessage(group, "from alice");
        bob.awaitMessage(group, "from carol");
        assertThat(texts(bob, group)).containsExactly("from carol");
        assertThat(timeline(bob.user(), group)).hasSize(1);
        assertThat(timeline(group, group)).hasSize(2);
    }

    @Test
    void whoIsNoMemberOfAStoredGroupIsRefusedUnlessTrusted() {
        ChatClient mallory = newClient("mallory");
        ChatClient system = connect("system");
        ChatClient alice = newClient("alice");
        String group = newId("team");
        storeGroup(group, alice.user());

        mallory.send(group, "{\"text\":\"intruder\"}");
        assertThat(observer.awaitDeadLetter().reason()).isEqualTo("not-a-member");
        system.send(group, "{\"text\":\"welcome\"}");

        alice.awaitMessage(group, "welcome");
        assertThat(texts(alice, group)).containsExactly("welcome");
        assertThat(rowsOf(mallory.user())).isZero();
    }

    private List<String> inboxesWith(String group) {
        return database.column("select timeline_of from timeline where app_id = ? and convers_with = ?", app, group);
    }

    private static List<String> texts(ChatClient client, String group) {
        return copies(client, group).stream().map(r -> r.json().path("text").textValue()).toList();
    }
}

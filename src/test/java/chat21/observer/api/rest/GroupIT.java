package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.api.rest.TestApi.Reply;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.ChatClient.Received;
import chat21.observer.testing.TestBroker;

class GroupIT {

    @RegisterExtension
    private static TestApi api = TestApi.ofClass();

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private final String carol = "carol-" + UUID.randomUUID();
    private final String group = "group-" + UUID.randomUUID();
    private final String path = "/api/tilechat/groups/" + group;

    @Test
    void aNewGroupIsAnnouncedToItsMembersAndReadableAtOnce() {
        try (ChatClient b = connect(bob)) {
            Reply created = create();

            assertThat(created.status()).isEqualTo(201);
            JsonNode json = created.json().path("group");
            assertThat(json.path("uid").asText()).isEqualTo(group);
            assertThat(json.path("appId").asText()).isEqualTo("tilechat");
            assertThat(json.path("name").asText()).isEqualTo("Friends");
            assertThat(json.path("owner").asText()).isEqualTo(alice);
            assertThat(json.path("members").path(alice).asInt()).isEqualTo(1);
            assertThat(json.path("members").path(bob).asInt()).isEqualTo(1);
            assertThat(json.path("attributes").path("color").asText()).isEqualTo("red");
            assertThat(json.path("createdOn").isNumber()).isTrue();
            assertThat(read(alice)).isEqualTo(json);

            Received first = b.awaitMessage(group, "Group created");
            assertThat(first.json().path("sender").asText()).isEqualTo("system");
            assertThat(first.json().path("sender_fullname").asText()).isEqualTo("System");
            assertThat(first.json().path("recipient_fullname").asText()).isEqualTo("Friends");
            assertThat(first.json().path("channel_type").asText()).isEqualTo("group");
            assertThat(first.json().path("attributes").path("subtype").asText()).isEqualTo("info");
            assertThat(first.json().path("attributes").path("updateconversation").asBoolean()).isTrue();
            assertThat(label(first).path("key").asText()).isEqualTo("GROUP_CREATED");
            assertThat(label(first).path("parameters").path("creator").asText()).isEqualTo(alice);
            List<Received> joined = b.awaitCount(2, labelled("MEMBER_JOINED_GROUP"));
            assertThat(joined).extracting(r -> label(r).path("parameters").path("member_id").asText())
                    .containsExactlyInAnyOrder(alice, bob);
            assertThat(joined).allSatisfy(r -> assertThat(label(r).path("parameters").path("fullname"))
                    .isEqualTo(label(r).path("parameters").path("member_id")));
        }
    }

    @Test
    void membersReadAGroupAndOthersDoNot() {
        create();

        assertThat(api.get(path, TestApi.user(bob)).status()).isEqualTo(200);
        assertThat(api.get(path, TestApi.admin()).status()).isEqualTo(200);
        assertThat(api.get(path, TestApi.user(carol)).status()).isEqualTo(401);
        assertThat(api.get(path, TestApi.SIGNER.user("shop", alice)).status()).isEqualTo(401);
        assertThat(api.get(path.replace("tilechat", "shop"), TestApi.SIGNER.admin("shop", "x")).status())
                .isEqualTo(404);
        assertThat(api.get(path, null).status()).isEqualTo(403);
        assertThat(api.get(path + "x", TestApi.user(alice)).status()).isEqualTo(404);
    }

    @Test
    void whatAGroupNeedsIsNamed() {
        String groups = "/api/tilechat/groups";

        assertThat(err(405, api.post(groups, TestApi.user(alice), "{\"group_members\":{}}"))).contains("group_name");
        assertThat(err(405, api.post(groups, TestApi.user(alice), "{\"group_name\":\"x\"}"))).contains("group_members");
        for (String blank : List.of("", "   ", "\\t\\n", "\u00a0\u2003", "\u200b")) {
            assertThat(err(405, api.post(groups, TestApi.user(alice), "{\"group_name\":\"" + blank
                    + "\",\"group_members\":{}}"))).contains("group_name");
        }
        assertThat(err(400, api.post(groups, TestApi.user(alice), "{\"group_name\":{},\"group_members\":{}}")))
                .contains("group_name");
        assertThat(err(400, api.post(groups, TestApi.user(alice), "{\"group_name\":\"x\",\"group_members\":[1]}")))
                .contains("group_members");
        assertThat(err(400, api.post(groups, TestApi.user(alice),
                "{\"group_name\":\"x\",\"group_members\":{},\"history\":\"some\"}"))).contains("history");
        assertThat(err(400, api.post(groups, TestApi.user(alice),
                "{\"group_name\":\"x\",\"group_members\":{},\"group_id\":\"" + bob + "\"}"))).contains("group_id");
        assertThat(err(400, api.post(groups, TestApi.user(alice),
                "{\"group_name\":\"x\",\"group_members\":{},\"attributes\":5}"))).contains("attributes");
        assertThat(api.post(groups, null, "{}").status()).isEqualTo(403);
        assertThat(api.post("/api/shop/groups", TestApi.user(alice), "{}").status()).isEqualTo(401);
    }

    @Test
    void whoCannotBeAMemberIsNamedAndTheOthersAre() {
        Reply created = api.post("/api/tilechat/groups", TestApi.user(alice), "{\"group_name\":\"Friends\",\"group_id\":\""
                + group + "\",\"group_members\":{\"" + bob + "\":1,\"a.b\":1},\"attributes\":[]}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("refused_members").toString()).isEqualTo("[\"a.b\"]");
        assertThat(created.json().path("group").path("members")).hasSize(2);
        Reply set = api.put(path + "/members", TestApi.user(alice), members(alice, "#"));
        assertThat(set.text()).isEqualTo("{\"success\":true,\"refused_members\":[\"#\"]}");
        assertThat(err(400, api.post(path + "/members", TestApi.user(alice), member("a.b")))).contains("member_id");
        assertThat(api.post("/api/tilechat/groups", TestApi.user(alice), "{\"group_name\":\"x\",\"group_members\":[]}")
                .json().path("group").path("members")).hasSize(1);
    }

    @Test
    void attributesOf256KiBReachMembersAndComeBack() {
        create();
        try (ChatClient b = connect(bob)) {
            String attributes = "{\"note\":\"" + "ü".repeat(131_000) + "\"}";
            assertThat(api.put(path + "/attributes", TestApi.user(alice), "{\"attributes\":" + attributes + "}").status())
                    .isEqualTo(200);
            assertThat(read(bob).path("attributes").toString()).isEqualTo(attributes);
            assertThat(b.awaitTopic("groups/" + group + "/clientupdated").json().path("attributes").toString())
                    .isEqualTo(attributes);
            assertThat(api.put(path + "/attributes", TestApi.user(alice), "{\"attributes\":{\"note\":\"" + "ü".repeat(132_000)
                    + "\"}}").status()).isEqualTo(413);
        }
    }

    @Test
    void whenTheOwnerLeavesWhoStaysOwnsTheGroup() {
        create();
        try (ChatClient b = connect(bob)) {
            assertThat(api.delete(path + "/members/" + alice, TestApi.user(alice)).status()).isEqualTo(200);

            assertThat(b.awaitTopic("groups/" + group + "/clientupdated").json().path("owner").asText()).isEqualTo(bob);
            assertThat(label(b.awaitOne(labelled("OWNER_CHANGED_GROUP"))).path("parameters").path("owner").asText())
                    .isEqualTo(bob);
        }
        assertThat(api.put(path, TestApi.user(bob), "{\"group_name\":\"Mine\"}").status()).isEqualTo(200);
        assertThat(api.post(path + "/members", TestApi.user(alice), member(alice)).status()).isEqualTo(401);
    }

    @Test
    void whatWasSaidUnderAnIdComesToTheMembersOfItsGroupAndOthersCannotHaveIt() {
        try (ChatClient a = connect(alice); ChatClient b = connect(bob); ChatClient c = connect(carol)) {
            a.send(group, "{\"text\":\"among us\",\"channel_type\":\"group\",\"group\":{\"members\":{\"" + bob + "\":1}}}");
            b.awaitMessage(group, "among us");
            c.send(group, "{\"text\":\"me too\",\"channel_type\":\"group\"}");
            c.awaitMessage(group, "me too");
            assertThat(err(401, api.post("/api/tilechat/groups", TestApi.user(carol), body(carol)))).contains("group_id");
            assertThat(err(401, api.post("/api/tilechat/groups", TestApi.user(alice), body(bob)))).contains("group_id");

            assertThat(api.post("/api/tilechat/groups", TestApi.admin(), body(carol)).status()).isEqualTo(201);
            assertThat(c.awaitMessage(group, "among us").json().path("__history").asText()).isEqualTo("true");
        }
    }

    @Test
    void anIdIsMadeAndOneInUseIsRefused() {
        Reply made = api.post("/api/tilechat/groups", TestApi.user(alice),
                "{\"group_name\":\"x\",\"group_members\":{}}");
        assertThat(made.json().path("group").path("uid").asText()).startsWith("group-");

        create();
        assertThat(err(409, api.post("/api/tilechat/groups", TestApi.user(carol), body(carol)))).contains("group_id");
        assertThat(read(alice).path("owner").asText()).isEqualTo(alice);
    }

    @Test
    void aBackEndCreatesForAnOwnerAndIsNoMember() {
        JsonNode created = api.post("/api/tilechat/groups", TestApi.admin(), "{\"group_name\":\"x\",\"group_members\":{\""
                + bob + "\":1},\"group_owner\":\"" + alice + "\"}").json().path("group");

        assertThat(created.path("owner").asText()).isEqualTo(alice);
        assertThat(created.path("members")).hasSize(1);
    }

    @Test
    void whoJoinsIsAnnouncedAndShownWhatWasSaid() {
        try (ChatClient b = connect(bob); ChatClient c = connect(carol)) {
            create();
            b.awaitCount(2, labelled("MEMBER_JOINED_GROUP"));
            b.send(group, "{\"text\":\"before\"}");
            b.send(group, "{\"text\":\"loud\",\"attributes\":{\"forcenotification\":true}}");
            b.send(group, "{\"text\":\"secret\",\"attributes\":{\"hiddenFor\":\"" + carol + "\"}}");
            b.awaitMessage(group, "secret");

            assertThat(api.post(path + "/members", TestApi.user(alice), member(carol)).text())
                    .isEqualTo("{\"success\":true}");
            assertThat(read(carol).path("members").has(carol)).isTrue();

            for (ChatClient client : List.of(b, c)) {
                JsonNode update = client.awaitTopic("groups/" + group + "/clientupdated").json();
                assertThat(update.path("uid").asText()).isEqualTo(group);
                assertThat(update.path("members").has(carol)).isTrue();
                JsonNode label = update.path("notification").path("messagelabel");
                assertThat(label.path("key").asText()).isEqualTo("MEMBER_JOINED_GROUP");
                assertThat(label.path("parameters").path("member_id").asText()).isEqualTo(carol);
            }
            b.awaitOne(r -> labelled("MEMBER_JOINED_GROUP").test(r)
                    && label(r).path("parameters").path("member_id").asText().equals(carol));
            JsonNode shown = c.awaitMessage(group, "before").json();
            assertThat(shown.path("__history").asText()).isEqualTo("true");
            assertThat(shown.path("status").asInt()).isEqualTo(150);
            assertThat(shown.path("attributes").path("sendnotification").asBoolean(true)).isFalse();
            JsonNode loud = c.awaitMessage(group, "loud").json();
            assertThat(loud.path("attributes").has("sendnotification")).isFalse();
            c.awaitMessage(group, "Group created");
            assertThat(c.received(r -> r.text().contains("secret"))).isEmpty();
        }
    }

    @Test
    void onlyOwnerAndBackEndsAddMembers() {
        create();
        String members = path + "/members";

        assertThat(api.post(members, TestApi.user(bob), member(carol)).status()).isEqualTo(401);
        assertThat(api.post(members, TestApi.user(carol), member(carol)).status()).isEqualTo(401);
        assertThat(api.post(members, TestApi.SIGNER.user("shop", alice), member(carol)).status()).isEqualTo(401);
        assertThat(api.post(members, null, member(carol)).status()).isEqualTo(403);
        assertThat(read(alice).path("members").has(carol)).isFalse();
        assertThat(err(405, api.post(members, TestApi.user(alice), "{}"))).contains("member_id");
        assertThat(err(405, api.post(members, TestApi.user(alice), member(bob)))).contains("Already a member");
        assertThat(api.post(members, TestApi.admin(), member(carol)).status()).isEqualTo(200);
        assertThat(api.post(path + "x/members", TestApi.user(alice), member(carol)).status()).isEqualTo(404);
    }

    @Test
    void whoLeavesIsAnnouncedToAll() {
        create();
        try (ChatClient a = connect(alice); ChatClient b = connect(bob)) {
            assertThat(api.delete(path + "/members/" + bob, TestApi.user(bob)).status()).isEqualTo(200);
            assertThat(read(alice).path("members").has(bob)).isFalse();

            for (ChatClient client : List.of(a, b)) {
                JsonNode update = client.awaitTopic("groups/" + group + "/clientupdated").json();
                assertThat(update.path("members").has(bob)).isFalse();
                JsonNode label = update.path("notification").path("messagelabel");
                assertThat(label.path("key").asText()).isEqualTo("MEMBER_LEFT_GROUP");
                assertThat(label.path("parameters").path("member_id").asText()).isEqualTo(bob);
            }
            a.awaitOne(labelled("MEMBER_LEFT_GROUP"));
        }
    }

    @Test
    void onlyTheMemberItselfOwnerAndBackEndsRemoveIt() {
        create();
        String member = path + "/members/" + alice;

        assertThat(api.delete(member, TestApi.user(bob)).status()).isEqualTo(401);
        assertThat(api.delete(member, TestApi.user(carol)).status()).isEqualTo(401);
        assertThat(api.delete(member, null).status()).isEqualTo(403);
        assertThat(api.delete(path + "/members/" + carol, TestApi.user(alice)).status()).isEqualTo(404);
        assertThat(api.delete(path + "/members/" + bob, TestApi.user(alice)).status()).isEqualTo(200);
        assertThat(api.delete(member, TestApi.admin()).status()).isEqualTo(200);
    }

    @Test
    void settingMembersTellsTheOriginalOnesAndWelcomesTheNew() {
        create();
        try (ChatClient b = connect(bob); ChatClient c = connect(carol)) {
            assertThat(api.put(path + "/members", TestApi.user(bob), members(alice, carol)).status()).isEqualTo(401);
            assertThat(api.put(path + "/members", TestApi.user(alice), members(alice, carol)).status())
                    .isEqualTo(200);
            assertThat(read(carol).path("members").has(bob)).isFalse();

            assertThat(b.awaitTopic("groups/" + group + "/clientupdated").json().has("notification")).isFalse();
            c.awaitOne(r -> labelled("MEMBER_JOINED_GROUP").test(r)
                    && label(r).path("parameters").path("member_id").asText().equals(carol));
            c.awaitMessage(group, "Group created");
            assertThat(err(405, api.put(path + "/members", TestApi.user(alice), "{}"))).contains("members");
            assertThat(err(400, api.put(path + "/members", TestApi.user(alice), "{\"members\":[1]}")))
                    .contains("members");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "|{\"group_name\":\"Foes\"}|DATA_UPDATED_GROUP|group_name",
        "/attributes|{\"attributes\":{\"color\":\"blue\"}}|ATTRIBUTES_UPDATED_GROUP|attributes",
    })
    void nameAndAttributesAreSetByOwnerAndBackEnds(String end, String body, String key, String field) {
        create();
        String target = path + (end == null ? "" : end);
        try (ChatClient b = connect(bob)) {
            assertThat(api.put(target, TestApi.user(bob), body).status()).isEqualTo(401);
            assertThat(api.put(target, TestApi.SIGNER.user("shop", alice), body).status()).isEqualTo(401);
            assertThat(api.put(target, null, body).status()).isEqualTo(403);
            assertThat(err(405, api.put(target, TestApi.user(alice), "{}"))).contains(field);
            assertThat(api.put(target, TestApi.user(alice), body).status()).isEqualTo(200);

            JsonNode update = b.awaitTopic("groups/" + group + "/clientupdated").json();
            JsonNode label = update.path("notification").path("messagelabel");
            assertThat(label.path("key").asText()).isEqualTo(key);
            assertThat(label.path("parameters").has(field)).isTrue();
            assertThat(update.path(field.equals("attributes") ? field : "name"))
                    .isEqualTo(label.path("parameters").path(field));
        }
        assertThat(api.put(target, TestApi.admin(), body).status()).isEqualTo(200);
    }

    @Test
    void aNonMemberIsToldWhyItsMessageIsRefused() {
        create();

        Reply reply = api.post("/api/tilechat/messages", TestApi.user(carol), "{\"sender_fullname\":\"C\","
                + "\"recipient_id\":\"" + group + "\",\"recipient_fullname\":\"F\",\"text\":\"let me in\"}");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("err").asText()).contains("not a member");
    }

    @Test
    void aBackEndSendsForWhoIsNoMember() {
        create();
        try (ChatClient b = connect(bob)) {
            Reply reply = api.post("/api/tilechat/messages/sync", TestApi.admin(), "{\"sender_id\":\"" + carol
                    + "\",\"sender_fullname\":\"C\",\"recipient_id\":\"" + group
                    + "\",\"recipient_fullname\":\"F\",\"text\":\"from a bot that has gone\"}");

            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(b.awaitMessage(group, "from a bot that has gone").json().path("sender").asText()).isEqualTo(carol);
        }
    }

    private Reply create() {
        return api.post("/api/tilechat/groups", TestApi.user(alice), body(bob));
    }

    private String body(String member) {
        return "{\"group_name\":\"Friends\",\"group_id\":\"" + group + "\",\"group_members\":{\"" + member
                + "\":1},\"attributes\":{\"color\":\"red\"}}";
    }

    private JsonNode read(String reader) {
        return api.get(path, TestApi.user(reader)).result();
    }

    private static String member(String id) {
        return "{\"member_id\":\"" + id + "\"}";
    }

    private static String members(String one, String other) {
        return "{\"members\":{\"" + one + "\":1,\"" + other + "\":1}}";
    }

    private static String err(int status, Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().path("success").asBoolean(true)).isFalse();
        return reply.json().path("err").asText();
    }

    private static Predicate<Received> labelled(String key) {
        return r -> r.topic().endsWith("/clientadded") && label(r).path("key").asText().equals(key)
                && !r.json().has("__history");
    }

    private static JsonNode label(Received received) {
        return received.json().path("attributes").path("messagelabel");
    }

    private static ChatClient connect(String user) {
        return ChatClient.connect(TestBroker.shared(), user);
    }
}

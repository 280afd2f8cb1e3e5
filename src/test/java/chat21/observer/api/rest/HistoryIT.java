package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.rest.TestApi.Reply;
import chat21.observer.database.RowKeys;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.TestBroker;

class HistoryIT {

    private static final RowKeys KEYS = new RowKeys(Clock.systemUTC());

    @RegisterExtension
    private static TestApi api = TestApi.ofClass(Map.of("chat21.presence.enabled", "true"));

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @Test
    void bothSidesReadAMessageAsClientsExpectIt() {
        try (ChatClient client = ChatClient.connect(TestBroker.shared(), alice)) {
            client.send(bob, "{\"text\":\"hello\",\"type\":\"text\",\"attributes\":{\"a\":1},\"mine\":true}");
            client.awaitMessage(bob, "hello");
        }

        JsonNode own = messages(alice, bob).result().get(0);
        assertThat(own.path("text").asText()).isEqualTo("hello");
        assertThat(own.path("status").asInt()).isEqualTo(100);
        assertThat(own.path("timelineOf").asText()).isEqualTo(alice);
        assertThat(own.path("conversWith").asText()).isEqualTo(bob);
        assertThat(own.path("sender").asText()).isEqualTo(alice);
        assertThat(own.path("recipient").asText()).isEqualTo(bob);
        assertThat(own.path("app_id").asText()).isEqualTo("tilechat");
        assertThat(own.path("attributes").path("a").asInt()).isEqualTo(1);
        assertThat(own.path("mine").asBoolean()).isTrue();
        JsonNode theirs = messages(bob, alice).result().get(0);
        assertThat(theirs.path("status").asInt()).isEqualTo(150);
        assertThat(theirs.path("message_id")).isEqualTo(own.path("message_id"));

        Reply conversations = api.get(path(bob, "conversations"), TestApi.user(bob));
        assertThat(conversations.status()).isEqualTo(200);
        assertThat(conversations.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        JsonNode conversation = conversations.result().get(0);
        assertThat(conversation.path("key").asText()).isEqualTo(alice);
        assertThat(conversation.path("conversWith").asText()).isEqualTo(alice);
        assertThat(conversation.path("last_message_text").asText()).isEqualTo("hello");
        assertThat(conversation.path("is_new").asBoolean()).isTrue();
        assertThat(conversation.path("archived").isBoolean()).isTrue();
        assertThat(conversation.path("archived").asBoolean()).isFalse();
        assertThat(conversation.path("unread").asInt()).isEqualTo(1);
        assertThat(conversation.path("timestamp")).isEqualTo(own.path("timestamp"));
        assertThat(conversation.path("sender").asText()).isEqualTo(alice);
        assertThat(conversations.json().path("unread").asInt()).isEqualTo(1);
    }

    @Test
    void partnersHearWhoComesAndGoesAndAskForItOverHttp() {
        String stranger = "stranger-" + UUID.randomUUID();
        String seen = "/api/tilechat/presence?users=" + alice + "," + bob + "," + stranger;
        ChatClient a = ChatClient.connect(TestBroker.shared(), alice);
        a.send(bob, "{\"text\":\"hello\"}");
        a.awaitMessage(bob, "hello");
        // It says itself that it is there.
        try (a; ChatClient b = ChatClient.connect(TestBroker.shared(), bob)) {
            String topic = "presences/" + bob + "/clientupdated";
            JsonNode news = a.awaitTopic(topic).json();
            assertThat(news.path("user_id").asText()).isEqualTo(bob);
            assertThat(news.path("online").asBoolean()).isTrue();

            JsonNode found = api.get(seen, TestApi.user(alice)).result();
            assertThat(found).filteredOn(one -> one.path("user_id").asText().equals(bob)).singleElement()
                    .satisfies(one -> {
                        assertThat(one.path("online").asBoolean()).isTrue();
                        assertThat(one.path("last_seen")).isEqualTo(news.path("last_seen"));
                    });
            assertThat(found).noneMatch(one -> one.path("user_id").asText().equals(stranger));
            assertThat(api.get(seen, TestApi.user(stranger)).result()).extracting(one -> one.path("user_id").asText())
                    .containsExactly(stranger);
            assertThat(api.get(seen, TestApi.admin()).result()).hasSize(3);
            assertThat(api.get(seen, TestApi.SIGNER.user("shop", alice)).status()).isEqualTo(401);
            assertThat(api.get("/api/tilechat/presence", TestApi.user(alice)).status()).isEqualTo(400);
            assertThat(api.get("/api/tilechat/presence?users=" + "a,".repeat(10) + "b.c", TestApi.user(alice)).status())
                    .isEqualTo(400);

            b.publish(b.tree("presence/" + b.clientId()), "{\"disconnected\":true}");
            assertThat(a.awaitCount(2, received -> received.topic().endsWith(topic)).get(1).json().path("online").asBoolean())
                    .isFalse();
            assertThat(b.received(received -> received.topic().contains("/presences/"))).isEmpty();
        }
    }

    @Test
    void whoeverTypesIsHeardByThePeerAndByTheMembersOfAGroupAndByNobodyThatHasBlockedIt() {
        String carol = "carol-" + UUID.randomUUID();
        String group = "group-" + UUID.randomUUID();
        assertThat(api.post("/api/tilechat/groups", TestApi.user(alice), "{\"group_id\":\"" + group
                + "\",\"group_name\":\"lunch\",\"group_members\":{\"" + bob + "\":1,\"" + carol + "\":1}}").status())
                .isEqualTo(201);
        assertThat(api.put("/api/tilechat/" + carol + "/blocks/" + alice, TestApi.user(carol), "").status()).isEqualTo(200);
        try (ChatClient a = ChatClient.connect(TestBroker.shared(), alice);
                ChatClient b = ChatClient.connect(TestBroker.shared(), bob);
                ChatClient c = ChatClient.connect(TestBroker.shared(), carol)) {
            for (int i = 0; i < 5; i++) {
                a.publish(typing(alice, bob), "{\"typing\":true}");
            }
            JsonNode told = b.awaitTopic("typing/" + alice + "/clienttyping").json();
            assertThat(told.path("typing").asBoolean()).isTrue();
            assertThat(told.path("until").asLong()).isPositive();
            a.publish(typing(alice, group), "{\"typing\":true}");
            assertThat(b.awaitTopic("typing/" + group + "/clienttyping").json().path("sender").asText()).isEqualTo(alice);

            assertThat(api.put("/api/tilechat/typings/" + carol, TestApi.admin(), "{\"writer_id\":\"" + bob + "\"}").status())
                    .isEqualTo(200);
            assertThat(c.awaitTopic("typing/" + bob + "/clienttyping").json().path("typing").asBoolean()).isTrue();
            assertThat(api.delete("/api/tilechat/typings/" + carol, TestApi.user(bob)).status()).isEqualTo(200);
            assertThat(c.awaitCount(2, received -> received.topic().endsWith("typing/" + bob + "/clienttyping")).get(1).json()
                    .path("typing").asBoolean()).isFalse();

            assertThat(c.received(received -> received.topic().contains("typing/" + group))).isEmpty();
            assertThat(b.received(received -> received.topic().contains("typing/" + alice))).hasSize(1);
        }
    }

    private static String typing(String sender, String recipient) {
        return "apps/tilechat/outgoing/users/" + sender + "/typing/" + recipient + "/typing";
    }

    @Test
    void whatDeployedClientsAndBackEndsSendInOneSittingIsAnsweredAsTheyExpect() {
        try (ChatClient a = ChatClient.connect(TestBroker.shared(), alice);
                ChatClient b = ChatClient.connect(TestBroker.shared(), bob)) {
            a.send(bob, ofWebClient("hello", "t-1"));
            String id = b.awaitMessage(alice, "hello").json().path("message_id").asText();
            assertThat(a.awaitMessage(bob, "hello").json().path("status").asInt()).isEqualTo(100);
            b.sendReceipt(alice, id);
            assertThat(a.awaitTopic("messages/" + bob + "/" + id + "/clientupdated").json().path("status").asInt()).isEqualTo(250);
            a.send(bob, ofWebClient("live", "t-2"));
            b.awaitMessage(alice, "live");
            b.sendReceipt(alice, "t-2");
            a.awaitTopic("messages/" + bob + "/t-2/clientupdated");

            b.patchConversation(alice, "{\"is_new\":false}");
            assertThat(b.awaitTopic("conversations/" + alice + "/clientupdated").json().path("conversWith").asText())
                    .isEqualTo(alice);
            b.archiveConversation(alice);
            b.awaitTopic("/conversations/" + alice + "/clientdeleted");
            b.awaitTopic("archived_conversations/" + alice + "/clientadded");
            a.send(bob, "{\"type\":\"image\",\"metadata\":{\"src\":\"http://h/x.png\",\"width\":1,\"height\":1}}");
            assertThat(b.awaitTopic("archived_conversations/" + alice + "/clientdeleted").json().toString())
                    .isEqualTo("{\"key\":\"" + alice + "\",\"conversWith\":\"" + alice + "\"}");
            JsonNode found = api.get(path(bob, "conversations/" + alice), TestApi.user(bob)).result().get(0);
            assertThat(found.path("text").isTextual()).isTrue();
            assertThat(found.path("last_message_text").isTextual()).isTrue();
            assertThat(found.path("type").asText()).isEqualTo("image");

            Reply created = api.post("/api/tilechat/groups", TestApi.user(alice),
                    "{\"group_name\":\"g\",\"group_members\":{\"" + bob + "\":1}}");
            String group = created.json().path("group").path("uid").asText();
            assertThat(b.awaitOne(received -> received.topic().contains("/messages/" + group + "/")
                    && received.text().contains("GROUP_CREATED")).json().path("sender").asText()).isEqualTo("system");
            b.send(group, ofWebClient("to all", "t-3").replace("direct", "group"));
            a.awaitMessage(group, "to all");
            assertThat(api.post("/api/tilechat/messages", TestApi.admin(), "{\"sender_id\":\"bot-" + alice
                    + "\",\"sender_fullname\":\"Bot\",\"recipient_id\":\"" + group + "\",\"recipient_fullname\":\"g\","
                    + "\"text\":\"from a bot\",\"channel_type\":\"group\"}").text()).isEqualTo("{\"success\":true}");
            b.awaitMessage(group, "from a bot");
            assertThat(api.get("/api/tilechat/groups/" + group, TestApi.user(bob)).result().path("members").has(alice)).isTrue();

            assertThat(api.post("/api/tilechat/" + alice + "/instances/device-" + alice, TestApi.user(alice),
                    "{\"platform\":\"ionic\"}").status()).isEqualTo(200);
            assertThat(api.delete("/api/tilechat/conversations/" + bob, TestApi.user(alice)).status()).isEqualTo(201);
            a.awaitTopic("archived_conversations/" + bob + "/clientadded");
            assertThat(api.get(path(alice, "archived_conversations"), TestApi.user(alice)).result()).hasSize(1);
            assertThat(api.get("/verify", TestApi.user(alice)).json().path("sub").asText()).isEqualTo(alice);
        }
    }

    private static String ofWebClient(String text, String tempUid) {
        return "{\"text\":\"" + text + "\",\"type\":\"text\",\"recipient_fullname\":\"R\",\"sender_fullname\":\"S\",\"attributes\":"
                + "{\"client\":\"Mozilla/5.0\",\"lang\":\"en\",\"tempUID\":\"" + tempUid + "\"},\"metadata\":\"\",\"channel_type\":\"direct\"}";
    }

    @Test
    void unreadCountsAreExactAndResetWhenTheUserLooks() {
        try (ChatClient a = ChatClient.connect(TestBroker.shared(), alice);
                ChatClient b = ChatClient.connect(TestBroker.shared(), bob)) {
            a.send(bob, "{\"text\":\"one\"}");
            a.send(bob, "{\"text\":\"two\"}");
            b.awaitMessage(alice, "two");
            assertThat(api.get(path(bob, "conversations"), TestApi.user(bob)).json().path("unread").asInt())
                    .isEqualTo(2);

            b.patchConversation(alice, "{\"is_new\":false}");
            b.awaitTopic("/clientupdated");
            Reply looked = api.get(path(bob, "conversations"), TestApi.user(bob));
            assertThat(looked.json().path("unread").asInt()).isZero();
            assertThat(looked.result().get(0).path("is_new").asBoolean()).isFalse();
            assertThat(looked.result().get(0).path("unread").asInt()).isZero();
        }
    }

    @Test
    void archivedConversationsAreInTheirOwnList() {
        try (ChatClient client = ChatClient.connect(TestBroker.shared(), alice)) {
            client.send(bob, "{\"text\":\"hello\"}");
            client.awaitMessage(bob, "hello");
            assertThat(api.get(path(alice, "conversations/" + bob), TestApi.user(alice)).result()).hasSize(1);
            client.archiveConversation(bob);
            client.awaitTopic("archived_conversations/" + bob + "/clientadded");
        }

        for (String list : List.of("conversations/archived", "archived_conversations")) {
            JsonNode found = api.get(path(alice, list), TestApi.user(alice)).result();
            assertThat(found).hasSize(1);
            assertThat(found.get(0).path("archived").asBoolean()).isTrue();
        }
        assertThat(api.get(path(alice, "conversations"), TestApi.user(alice)).result()).isEmpty();
        assertThat(api.get(path(alice, "conversations/" + bob), TestApi.user(alice)).result()).isEmpty();
        assertThat(api.get(path(alice, "archived_conversations/" + bob), TestApi.user(alice)).result()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversations", "conversations/archived", "archived_conversations", "conversations/PEER",
        "archived_conversations/PEER", "conversations/PEER/messages"})
    void onlyTheUserAndBackEndsRead(String what) {
        String path = path(alice, what.replace("PEER", bob));

        assertThat(api.get(path, TestApi.user(alice)).status()).isEqualTo(200);
        assertThat(api.get(path, TestApi.admin()).status()).isEqualTo(200);
        assertThat(api.get(path, TestApi.user(bob)).status()).isEqualTo(401);
        assertThat(api.get(path, TestApi.SIGNER.user("shop", alice)).status()).isEqualTo(401);
        assertThat(api.get(path, TestApi.SIGNER.admin("shop", "back-end")).status()).isEqualTo(401);
        Reply nobody = api.get(path, null);
        assertThat(nobody.status()).isEqualTo(403);
        assertThat(nobody.text()).isEqualTo("{\"success\":false,\"msg\":\"Unauthorized.\"}");
    }

    @Test
    void pagesOfMessagesNeitherSkipNorRepeatWhileMessagesCome() throws Exception {
        long start = 1_700_000_000_000L;
        // Every third message shares its time with the two before it.
        for (int i = 0; i < 25; i++) {
            insertMessage(alice, bob, start + i / 3, i);
        }
        List<String> read = new ArrayList<>();
        String next = "";
        for (int page = 0; page < 4; page++) {
            Reply reply = api.get(path(alice, "conversations/" + bob + "/messages?limit=7" + next),
                    TestApi.user(alice));
            reply.result().forEach(m -> read.add(m.path("text").asText()));
            insertMessage(alice, bob, start + 1_000 + page, 100 + page);
            next = "&before=" + reply.json().path("next").asText();
            assertThat(reply.json().has("next")).isEqualTo(page < 3);
        }

        List<String> expected = new ArrayList<>();
        for (int i = 24; i >= 0; i--) {
            expected.add("text " + i);
        }
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void aPageHasNoMoreBytesThanAllowedAndTheNextOnesHaveTheRest() throws Exception {
        long start = 1_700_000_000_000L;
        String large = "x".repeat(250_000);
        for (int i = 0; i < 30; i++) {
            insertMessage(alice, bob, start + i, i, i % 3 == 0 ? "" : large);
            insertMessage(alice, "peer" + i + bob, start + i, 100 + i, large);
            insertConversation(alice, "peer" + i + bob, start + i, 100 + i);
        }
        for (String list : List.of("conversations/" + bob + "/messages", "conversations")) {
            List<Long> read = new ArrayList<>();
            String next = "";
            boolean isMore = true;
            for (int page = 0; page < 10 && isMore; page++) {
                Reply reply = api.get(path(alice, list + "?" + next), TestApi.user(alice));
                assertThat(reply.text().length()).isBetween(100, 4_300_000);
                reply.result().forEach(m -> read.add(m.path("timestamp").asLong(m.path("n").asLong())));
                isMore = reply.json().path("more").asBoolean();
                assertThat(reply.json().has("next")).isEqualTo(isMore);
                next = "before=" + reply.json().path("next").asText();
            }
            assertThat(read).as(list).isSortedAccordingTo(java.util.Comparator.reverseOrder()).doesNotHaveDuplicates()
                    .hasSize(30);
        }
        Reply after = api.get(path(alice, "conversations/" + bob + "/messages?after=" + (start - 1)), TestApi.user(alice));
        int count = after.result().size();
        assertThat(after.json().path("more").asBoolean()).isTrue();
        assertThat(after.result().get(count - 1).path("n").asLong()).isEqualTo(start);
        assertThat(after.result().get(0).path("n").asLong()).isEqualTo(start + count - 1);
    }

    @Test
    void aPageMayBeginAfterATime() throws Exception {
        long start = 1_700_000_000_000L;
        for (int i = 0; i < 10; i++) {
            insertMessage(alice, bob, start + i, i);
        }

        Reply after = api.get(path(alice, "conversations/" + bob + "/messages?limit=3&after=" + (start + 4)),
                TestApi.user(alice));
        assertThat(after.result().findValuesAsText("text")).containsExactly("text 7", "text 6", "text 5");
        Reply before = api.get(path(alice, "conversations/" + bob + "/messages?limit=3&before=" + (start + 4)),
                TestApi.user(alice));
        assertThat(before.result().findValuesAsText("text")).containsExactly("text 3", "text 2", "text 1");
    }

    @Test
    void pagesOfConversationsGoFromNewestToOldest() throws Exception {
        for (int i = 0; i < 5; i++) {
            String peer = "peer" + i + "-" + bob;
            insertMessage(alice, peer, 1_700_000_000_000L + i, i);
            insertConversation(alice, peer, 1_700_000_000_000L + i, i);
        }

        Reply first = api.get(path(alice, "conversations?limit=3"), TestApi.user(alice));
        Reply second = api.get(path(alice, "conversations?limit=3&before=" + first.json().path("next").asText()),
                TestApi.user(alice));

        assertThat(first.result().findValuesAsText("last_message_text")).containsExactly("text 4", "text 3", "text 2");
        assertThat(second.result().findValuesAsText("last_message_text")).containsExactly("text 1", "text 0");
        assertThat(second.json().has("next")).isFalse();
        assertThat(first.json().path("unread").asInt()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "before=x", "after=", "before=1&after=2",
        "before=99999999999999999999", "before=1%00"})
    void aWrongParameterIsNamed(String query) {
        Reply reply = api.get(path(alice, "conversations/" + bob + "/messages?" + query), TestApi.user(alice));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("success").asBoolean(true)).isFalse();
        assertThat(reply.json().path("err").asText()).contains(query.split("=")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a%2Eb", "a%2Fb", "a%23b", "a*b", "a%2Bb", "a+b", "a%20b", "a%00b", "%FF", "a%0Ab"})
    void anIdThatWouldBreakATopicIsRefused(String id) {
        Reply reply = api.get("/api/tilechat/" + alice + "/conversations/" + id + "/messages", TestApi.user(alice));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("err").asText()).contains("peer");
    }

    @Test
    void aConversationThatIsLaterThanItsLastMessageIsListedWithIt() throws Exception {
        insertMessage(alice, bob, 1_700_000_000_000L, 1);
        insertConversation(alice, bob, 1_700_000_000_001L, 1);

        JsonNode listed = api.get(path(alice, "conversations"), TestApi.user(alice)).result().get(0);

        assertThat(listed.path("last_message_text").asText()).isEqualTo("text 1");
        assertThat(listed.path("status").isMissingNode()).isFalse();
        assertThat(listed.path("timestamp").asLong()).isEqualTo(1_700_000_000_001L);
    }

    @Test
    void anIdMayBePercentEncoded() {
        String zoe = "zoë-名-" + UUID.randomUUID();
        String encoded = java.net.URLEncoder.encode(zoe, java.nio.charset.StandardCharsets.UTF_8);

        assertThat(api.get(path(encoded, "conversations"), TestApi.user(zoe)).status()).isEqualTo(200);
    }

    @Test
    void sqlInAnIdIsAnId() {
        String id = "x'%20or%20'1'='1".replace("%20", "_");

        Reply reply = api.get(path(alice, "conversations/" + id.replace("'", "%27") + "/messages"),
                TestApi.user(alice));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.result()).isEmpty();
    }

    private Reply messages(String owner, String peer) {
        return await().until(() -> api.get(path(owner, "conversations/" + peer + "/messages"), TestApi.user(owner)),
                reply -> reply.result().size() > 0);
    }

    private static String path(String user, String rest) {
        return "/api/tilechat/" + user + "/" + rest;
    }

    private void insertMessage(String owner, String peer, long timestamp, int number) throws Exception {
        insertMessage(owner, peer, timestamp, number, "");
    }

    private void insertMessage(String owner, String peer, long timestamp, int number, String more) throws Exception {
        String id = id(number);
        long key = KEYS.next("tilechat", "direct", owner, peer);
        try (Connection connection = api.database()) {
            try (PreparedStatement insert = connection.prepareStatement("insert into message values (?,?,?,?,?,?,?,?,?)")) {
                Object[] row = {key, "tilechat", owner + id, peer, owner, "text", "direct", timestamp,
                    "{\"message_id\":\"" + owner + id + "\",\"n\":" + timestamp + ",\"more\":\"" + more
                            + "\",\"text\":\"text " + number + "\"}"};
                bind(insert, row);
            }
            try (PreparedStatement insert = connection.prepareStatement("insert into timeline values (?,?,?,?,?,?,?)")) {
                bind(insert, "tilechat", owner, peer, timestamp, owner + id, 150, key);
            }
        }
    }

    private void insertConversation(String owner, String peer, long timestamp, int number) throws Exception {
        try (Connection connection = api.database(); PreparedStatement insert = connection.prepareStatement(
                "insert into conversation (app_id, timeline_of, convers_with, last_message_id, timestamp, is_new, "
                        + "archived, unread) values (?,?,?,?,?,?,?,?)")) {
            bind(insert, "tilechat", owner, peer, owner + id(number), timestamp, true, false, 1);
        }
    }

    private static void bind(PreparedStatement insert, Object... row) throws Exception {
        for (int i = 0; i < row.length; i++) {
            insert.setObject(i + 1, row[i]);
        }
        insert.executeUpdate();
    }

    private static String id(int number) {
        return String.format("-%04d", number);
    }
}

package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.api.rest.TestApi.Reply;
import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.TestBroker;

class PrivacyIT {

    @RegisterExtension
    private static TestApi api = TestApi.ofClass();

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @Test
    void allThatIsKeptForAUserIsExportedAndDeletedWhileOthersKeepTheirs() throws Exception {
        String group = newGroup();
        send(bob, "to bob");
        send(alice, "note to self");
        api.put("/api/tilechat/" + alice + "/blocks/mallory", TestApi.user(alice), "");
        api.post("/api/tilechat/" + alice + "/instances/device-" + alice, TestApi.user(alice), "{}");

        Reply export = api.get("/api/tilechat/" + alice + "/data", TestApi.admin());
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        assertThat(export.text().lines()).allMatch(line -> line.startsWith("{\"kind\":\"") && line.endsWith("}"));
        assertThat(export.text()).contains("\"kind\":\"group\"", group, "\"kind\":\"block\"", "mallory",
                "\"kind\":\"instance\"", "device-" + alice, "\"kind\":\"conversation\"", "\"kind\":\"message\"",
                "to bob", "note to self", "Group created");

        assertThat(api.delete("/api/tilechat/" + alice + "/data", TestApi.admin()).status()).isEqualTo(200);
        assertThat(api.get("/api/tilechat/" + alice + "/data", TestApi.admin()).text()).isEmpty();
        assertThat(api.get("/api/tilechat/" + bob + "/conversations/" + alice + "/messages", TestApi.user(bob)).text())
                .contains("to bob");
        assertThat(api.get("/api/tilechat/groups/" + group, TestApi.user(bob)).text()).doesNotContain(
                "\"" + alice + "\":1");
        assertThat(storedMessages(alice)).as("the note to self is gone, what bob has is not").isEqualTo(1);
    }

    @Test
    void aLongHistoryIsExportedWhole() throws Exception {
        try (Connection connection = api.database()) {
            try (PreparedStatement insert = connection.prepareStatement("insert into message select x - 2000, "
                    + "'tilechat', ? || x, ?, ?, 'text', 'direct', 1700000000000 + x / 7, '{\"message_id\":\"' || ? || x || "
                    + "'\",\"text\":\"text ' || x || '.\"}' from system_range(1, 1203)")) {
                bind(insert, alice, alice, bob, alice);
            }
            try (PreparedStatement insert = connection.prepareStatement("insert into timeline select 'tilechat', ?, ?, "
                    + "1700000000000 + x / 7, ? || x, 100, x - 2000 from system_range(1, 1203)")) {
                bind(insert, alice, bob, alice);
            }
        }

        assertThat(api.get("/api/tilechat/" + alice + "/data", TestApi.admin()).text().lines().distinct()).hasSize(1203);
    }

    @Test
    void aGroupIsTakenOutOfAllListsAndInboxes() {
        String group = newGroup();
        String conversations = "/api/tilechat/" + bob + "/conversations";
        String messages = conversations + "/" + group + "/messages";
        assertThat(api.get(conversations, TestApi.user(bob)).result()).hasSize(1);

        assertThat(api.delete("/api/tilechat/" + group + "/conversations/timelines", TestApi.admin()).status())
                .isEqualTo(200);
        assertThat(api.get(conversations, TestApi.user(bob)).result()).isEmpty();
        assertThat(api.get(messages, TestApi.user(bob)).result()).isNotEmpty();

        assertThat(api.delete("/api/tilechat/" + group + "/messages/timelines", TestApi.admin()).status())
                .isEqualTo(200);
        assertThat(api.get(messages, TestApi.user(bob)).result()).isEmpty();
    }

    @Test
    void ofDeletedMessagesNothingIsCountedShownOrKept() throws Exception {
        String group = newGroup();
        send(bob, "hello");
        for (int i = 0; i < 4; i++) {
            sendAs("c-" + group + i, group, "secret " + i);
        }
        List<String> ids = storedIds(group);
        assertThat(ids).hasSize(7);
        assertThat(api.get("/api/tilechat/" + bob + "/conversations", TestApi.user(bob)).json().path("unread").asInt())
                .isEqualTo(8);

        api.delete("/api/tilechat/" + group + "/messages/timelines", TestApi.admin());

        JsonNode list = api.get("/api/tilechat/" + bob + "/conversations", TestApi.user(bob)).json();
        assertThat(list.path("unread").asInt()).as("the direct message").isEqualTo(1);
        assertThat(list.path("result").findValuesAsText("last_message_text")).containsExactly("hello");
        assertThat(api.get("/api/tilechat/" + alice + "/conversations", TestApi.user(alice)).result()).hasSize(1);
        try (Connection connection = api.database()) {
            ids.forEach(id -> assertThat(Traces.of(connection, id)).isEmpty());
            assertThat(Traces.of(connection, group)).as("the group itself stays").containsOnly("chat_group", "group_member");
        }
    }

    @Test
    void whatWaitsAtTheBrokerOfWhatIsDeletedComesInNoMore() throws Exception {
        String group = newGroup();
        String other = newGroup();
        sendAs("c-" + group, group, "secret");
        String id = storedIds(group).get(0);
        String ready = "{\"message_id\":\"" + id + "\",\"sender\":\"" + alice + "\",\"recipient\":\"" + group
                + "\",\"text\":\"secret\",\"timestamp\":" + (System.currentTimeMillis() - 1) + "}";
        String letters = api.deadLetters();
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared());
                ChatClient client = ChatClient.connect(TestBroker.shared(), bob)) {
            long before = amqp.ready(letters);
            amqp.publish("apps.tilechat.outgoing.users." + alice + ".messages." + group + ".outgoing", "secret");
            amqp.publish("apps.tilechat.outgoing.users." + alice + ".messages." + other + ".outgoing", "secret");
            await().until(() -> amqp.ready(letters) == before + 2);

            api.delete("/api/tilechat/" + group + "/messages/timelines", TestApi.admin());

            await().until(() -> amqp.ready(letters) == before + 1);
            amqp.publish("apps.observer.tilechat.users." + bob + ".messages." + group + ".delivered", ready);
            amqp.publish("apps.observer.tilechat.users." + group + ".messages." + group + ".persist", ready);
            amqp.publish("apps.observer.tilechat.users." + bob + ".messages." + other + ".delivered",
                    ready.replace(id, "m-" + id).replace(group, other));
            client.awaitMessage(other, "secret");
            amqp.publish("apps.observer.tilechat.users." + other + ".messages." + other + ".persist",
                    ready.replace(id, "p-" + id).replace(group, other));
            await().untilAsserted(() -> assertThat(storedIds(other)).contains("p-" + id));
            assertThat(client.received(r -> r.topic().contains(group))).isEmpty();
        }
        assertThat(storedIds(group)).isEmpty();
        try (Connection connection = api.database()) {
            assertThat(Traces.of(connection, id)).as("the copies under other ids")
                    .containsOnly("message", "timeline", "conversation");
            assertThat(Traces.of(connection, group)).containsOnly("chat_group", "group_member");
        }
    }

    @Test
    void aDeletionOfAUsersNameAsIfItWereAGroupTakesNothingOutOfTheUsersOwnInbox() {
        send(bob, "to bob");

        api.delete("/api/tilechat/" + bob + "/messages/timelines", TestApi.admin());

        assertThat(api.get("/api/tilechat/" + bob + "/conversations/" + alice + "/messages", TestApi.user(bob)).text())
                .contains("to bob");
        assertThat(api.get("/api/tilechat/" + alice + "/conversations", TestApi.user(alice)).result()).isEmpty();
    }

    @Test
    void ofADeletedUserOnlyWhatOthersHaveIsLeft() throws Exception {
        String group = newGroup();
        sendAs("c-" + alice, bob, "to bob");
        send(alice, "note to self");
        api.put("/api/tilechat/" + alice + "/blocks/mallory", TestApi.user(alice), "");
        api.put("/api/tilechat/" + bob + "/blocks/" + alice, TestApi.user(bob), "");
        api.post("/api/tilechat/" + alice + "/instances/device-" + alice, TestApi.user(alice), "{}");

        assertThat(api.delete("/api/tilechat/" + alice + "/data", TestApi.admin()).status()).isEqualTo(200);

        try (Connection connection = api.database()) {
            assertThat(Traces.of(connection, alice)).as("what was said to bob and in the group, and whom bob blocks")
                    .containsOnly("message", "timeline", "conversation", "block");
            assertThat(Traces.of(connection, "note to self")).isEmpty();
        }
        assertThat(api.get("/api/tilechat/groups/" + group, TestApi.user(bob)).text()).doesNotContain(alice);
        assertThat(api.get("/api/tilechat/" + bob + "/conversations/" + alice, TestApi.user(bob)).text()).contains("to bob");
    }

    @Test
    void whatWasDeletedCanBeSentAnewUnderTheIdThatItsClientGaveIt() {
        String group = newGroup();
        String message = "{\"sender_fullname\":\"A\",\"recipient_fullname\":\"R\",\"text\":\"once more\","
                + "\"client_message_id\":\"c-1\",\"recipient_id\":\"" + group + "\"}";
        Reply first = api.post("/api/tilechat/messages/sync", TestApi.user(alice), message);
        api.delete("/api/tilechat/" + group + "/messages/timelines", TestApi.admin());

        Reply again = api.post("/api/tilechat/messages/sync", TestApi.user(alice), message);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).contains("once more");
        assertThat(idOf(again)).isNotEqualTo(idOf(first));

        api.delete("/api/tilechat/" + alice + "/data", TestApi.admin());
        assertThat(idOf(api.post("/api/tilechat/messages/sync", TestApi.admin(), message.replace(group, bob)
                .replace("{", "{\"sender_id\":\"" + alice + "\",")))).isNotEqualTo(idOf(again));
    }

    private static String idOf(Reply reply) {
        return reply.json().path("message").path("message_id").asText();
    }

    @ParameterizedTest
    @CsvSource({"DELETE,group-x/conversations/timelines", "DELETE,group-x/messages/timelines", "GET,ME/data",
        "DELETE,ME/data"})
    void onlyBackEndsOfTheAppDoSo(String method, String what) {
        String path = "/api/tilechat/" + what.replace("ME", alice);

        assertThat(api.call(method, path, TestApi.user(alice), null).status()).isEqualTo(401);
        assertThat(api.call(method, path, TestApi.user(bob), null).status()).isEqualTo(401);
        assertThat(api.call(method, path, TestApi.SIGNER.admin("shop", "x"), null).status()).isEqualTo(401);
        assertThat(api.call(method, path, null, null).status()).isEqualTo(403);
    }

    private String newGroup() {
        String group = "group-" + UUID.randomUUID();
        try (ChatClient client = ChatClient.connect(TestBroker.shared(), bob)) {
            api.post("/api/tilechat/groups", TestApi.user(alice), "{\"group_name\":\"Friends\",\"group_id\":\"" + group
                    + "\",\"group_members\":{\"" + bob + "\":1}}");
            client.awaitCount(3, r -> r.topic().endsWith("/clientadded"));
        }
        return group;
    }

    private void send(String recipient, String text) {
        assertThat(api.post("/api/tilechat/messages/sync", TestApi.user(alice), "{\"sender_fullname\":\"A\","
                + "\"recipient_id\":\"" + recipient + "\",\"recipient_fullname\":\"B\",\"text\":\"" + text + "\"}")
                .status()).isEqualTo(200);
    }

    private void sendAs(String clientId, String recipient, String text) {
        assertThat(api.post("/api/tilechat/messages/sync", TestApi.user(alice), "{\"sender_fullname\":\"A\","
                + "\"recipient_id\":\"" + recipient + "\",\"recipient_fullname\":\"B\",\"text\":\"" + text
                + "\",\"client_message_id\":\"" + clientId.substring(0, 20) + clientId.charAt(clientId.length() - 1) + "\"}")
                .status()).isEqualTo(200);
    }

    private List<String> storedIds(String recipient) throws Exception {
        List<String> ids = new ArrayList<>();
        try (Connection connection = api.database(); PreparedStatement find =
                connection.prepareStatement("select message_id from message where recipient = ?")) {
            find.setString(1, recipient);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }

    private int storedMessages(String sender) throws Exception {
        try (Connection connection = api.database(); PreparedStatement count =
                connection.prepareStatement("select count(*) from message where sender = ?")) {
            count.setString(1, sender);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static void bind(PreparedStatement insert, String... values) throws Exception {
        for (int i = 0; i < values.length; i++) {
            insert.setString(i + 1, values[i]);
        }
        insert.executeUpdate();
    }
}

package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.rest.TestApi.Reply;
import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.TestBroker;

class SendIT {

    // Longer than a call waits: whoever is answered was not told by the time-out.
    @RegisterExtension
    private static TestApi api = TestApi.ofClass(Map.of("chat21.rate-limit.capacity", "5",
            "chat21.rate-limit.refill-per-minute", "1", "chat21.rest.sync-timeout-ms", "600000",
            "chat21.rest.idle-timeout-ms", "600000"));

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    @Test
    @Tag("broker")
    void aMessageReachesItsRecipient() {
        try (ChatClient client = ChatClient.connect(TestBroker.shared(), bob)) {
            Reply reply = api.post("/api/tilechat/messages", TestApi.user(alice), message(bob,
                    ",\"attributes\":{\"a\":1},\"metadata\":\"m\",\"type\":\"image\",\"sender_id\":\"mallory\""));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("{\"success\":true}");
            JsonNode received = client.awaitMessage(alice, "hello").json();
            assertThat(received.path("sender").asText()).isEqualTo(alice);
            assertThat(received.path("sender_fullname").asText()).isEqualTo("A");
            assertThat(received.path("recipient_fullname").asText()).isEqualTo("B");
            assertThat(received.path("channel_type").asText()).isEqualTo("direct");
            assertThat(received.path("type").asText()).isEqualTo("image");
            assertThat(received.path("attributes").path("a").asInt()).isEqualTo(1);
            assertThat(received.path("metadata").asText()).isEqualTo("m");
        }
    }

    @Test
    void aBackEndMaySendAsSomebodyElse() {
        try (ChatClient client = ChatClient.connect(TestBroker.shared(), bob)) {
            assertThat(api.post("/api/tilechat/messages", TestApi.admin(),
                    message(bob, ",\"sender_id\":\"" + alice + "\"")).status()).isEqualTo(200);

            client.awaitMessage(alice, "hello");
        }
    }

    @Test
    @Tag("broker")
    void aSyncedMessageIsAnsweredAsItIsStored() {
        Reply reply = api.post("/api/tilechat/messages/sync", TestApi.user(alice), message(bob, ""));

        assertThat(reply.status()).isEqualTo(200);
        JsonNode message = reply.json().path("message");
        assertThat(message.path("text").asText()).isEqualTo("hello");
        assertThat(message.path("status").asInt()).isEqualTo(100);
        assertThat(message.path("timelineOf").asText()).isEqualTo(alice);
        assertThat(message.has("client_message_id")).isFalse();
        JsonNode stored = api.get("/api/tilechat/" + alice + "/conversations/" + bob + "/messages",
                TestApi.user(alice)).result().get(0);
        assertThat(message).isEqualTo(stored);
    }

    @Test
    void aResentMessageIsStoredOnceAndAnsweredAsItWas() {
        String message = message(bob, ",\"client_message_id\":\"mine-1\"");
        JsonNode first = api.post("/api/tilechat/messages/sync", TestApi.user(alice), message).json().path("message");
        JsonNode second = api.post("/api/tilechat/messages/sync", TestApi.user(alice), message).json().path("message");

        assertThat(first.path("message_id").asText()).isNotEmpty();
        assertThat(second).isEqualTo(first);
        assertThat(api.get("/api/tilechat/" + bob + "/conversations/" + alice + "/messages", TestApi.user(bob)).result())
                .hasSize(1);
    }

    @Test
    void whatTheFlowRefusesIsAnsweredAtOnceWithTheReason() {
        for (int i = 0; i < 5; i++) {
            assertThat(api.post("/api/tilechat/messages/sync", TestApi.user(alice), message(bob, "")).status())
                    .isEqualTo(200);
        }

        Reply refused = api.post("/api/tilechat/messages/sync", TestApi.user(alice), message(bob, ""));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("err").asText()).contains("5 messages at once");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void whoWaitsForAMessageKeepsNoWorker() {
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared()); TestApi idle = idle(amqp, "600000")) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                waiting.add(idle.begin("/api/tilechat/messages/sync", TestApi.user("alice-" + i), message(bob, "")));
            }
            await().until(() -> idle.messages() == 60);

            assertThat(idle.get("/api/tilechat/" + alice + "/conversations", TestApi.user(alice)).status()).isEqualTo(200);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void aMessageThatIsNotStoredInTimeIsToldApart() {
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared()); TestApi idle = idle(amqp, "100")) {
            Reply reply = idle.post("/api/tilechat/messages/sync", TestApi.user(alice), message(bob, ""));

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json().path("err").asText()).contains("not stored yet");
        }
    }

    /** One whose messages nobody takes, on an exchange of its own, which goes with the last of its queues. */
    private static TestApi idle(AmqpClient amqp, String syncTimeoutMs) {
        String exchange = "idle-" + UUID.randomUUID();
        try (Channel channel = amqp.connection().createChannel()) {
            channel.exchangeDeclare(exchange, "topic", false, true, null);
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return TestApi.with(Map.of("chat21.broker.exchange", exchange, "chat21.active-queues", "none",
                "chat21.rest.sync-timeout-ms", syncTimeoutMs, "chat21.rest.idle-timeout-ms", "600000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"recipient_id\":\"bob\",\"recipient_fullname\":\"B\"}|Sender Fullname is mandatory",
        "{\"sender_fullname\":\"A\",\"recipient_fullname\":\"B\"}|Recipient id is mandatory",
        "{\"sender_fullname\":\"A\",\"recipient_id\":\"bob\"}|Recipient Fullname is mandatory",
        "{\"sender_fullname\":\"\",\"recipient_id\":\"bob\",\"recipient_fullname\":\"B\"}|Sender Fullname is mandatory",
    })
    void whatIsMissingIsNamed(String body, String text) {
        Reply reply = api.post("/api/tilechat/messages", TestApi.user(alice), body);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.json().path("err").asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"text\":{}|text", "\"type\":{}|type", "\"channel_type\":[1]|channel_type", "\"attributes\":[1]|attributes",
        "\"attributes\":\"x\"|attributes", "\"client_message_id\":{}|client_message_id",
        "\"sender_fullname\":{}|sender_fullname", "\"recipient_id\":{}|recipient_id",
        "\"recipient_id\":\"a.b\"|recipient_id", "\"recipient_id\":\"a/b\"|recipient_id",
        "\"recipient_id\":\"a b\"|recipient_id",
    })
    void aWrongTypeIsNamed(String field, String name) {
        String replaced = message(bob, "").replaceFirst("\"" + name + "\":\"[^\"]*\",?", "");
        Reply reply = api.post("/api/tilechat/messages", TestApi.user(alice),
                replaced.substring(0, replaced.length() - 1).replaceFirst(",$", "") + "," + field + "}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("err").asText()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\""})
    void whatMeansNothingIsAsAbsent(String nothing) {
        Reply reply = api.post("/api/tilechat/messages/sync", TestApi.user(alice), message(bob,
                ",'attributes':N,'metadata':N,'type':N,'channel_type':N,'timestamp':N,'client_message_id':N,'sender_id':N"
                        .replace('\'', '"').replace("N", nothing)));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode message = reply.json().path("message");
        assertThat(message.path("type").textValue()).isEqualTo("text");
        assertThat(message.path("channel_type").textValue()).isEqualTo("direct");
        assertThat(message.has("attributes")).isFalse();
        assertThat(message.has("metadata")).isFalse();
    }

    @Test
    void numbersAndListsStandWhereTheOriginalTakesThem() {
        JsonNode message = api.post("/api/tilechat/messages/sync", TestApi.user(alice),
                "{\"sender_fullname\":7,\"recipient_id\":\"" + bob + "\",\"recipient_fullname\":\"B\",\"text\":42,"
                        + "\"metadata\":[1]}").json().path("message");

        assertThat(message.path("text").intValue()).isEqualTo(42);
        assertThat(message.path("sender_fullname").intValue()).isEqualTo(7);
        assertThat(message.path("metadata").toString()).isEqualTo("[1]");
    }

    @Test
    void aUsersTimestampTravelsOnAndABackEndsIsKept() {
        String timed = message(bob, ",\"timestamp\":\"1600000000000\"");
        long before = System.currentTimeMillis() - 60_000;

        JsonNode users = api.post("/api/tilechat/messages/sync", TestApi.user(alice), timed).json().path("message");
        JsonNode backEnds = api.post("/api/tilechat/messages/sync", TestApi.admin(), timed).json().path("message");

        assertThat(users.path("timestamp").longValue()).isGreaterThan(before);
        assertThat(users.path("client_timestamp").textValue()).isEqualTo("1600000000000");
        assertThat(backEnds.path("timestamp").longValue()).isEqualTo(1_600_000_000_000L);
        assertThat(backEnds.has("client_timestamp")).isFalse();
    }

    @Test
    void aLongClientMessageIdIsRefused() {
        assertThat(api.post("/api/tilechat/messages", TestApi.user(alice),
                message(bob, ",\"client_message_id\":\"" + "x".repeat(65) + "\"")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "[]", "null", "\"x\"", "{", "{\"a\":1,\"a\":2}", "{}x"})
    void whatIsNoJsonObjectIsRefused(String body) {
        Reply reply = api.post("/api/tilechat/messages", TestApi.user(alice), body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("err").asText()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThat(api.post("/api/tilechat/messages", TestApi.user(alice),
                message(bob, ",\"attributes\":{\"a\":" + deep + "}")).status()).isEqualTo(400);
    }

    @Test
    void tooLargeABodyIsRefused() {
        Reply beyondTheBody = api.post("/api/tilechat/messages", TestApi.user(alice), "x".repeat(1_048_577));
        assertThat(beyondTheBody.status()).isEqualTo(413);
        assertThat(beyondTheBody.json().path("success").asBoolean(true)).isFalse();

        Reply beyondTheMessage = api.post("/api/tilechat/messages", TestApi.user(alice),
                message(bob, ",\"metadata\":\"" + "x".repeat(300_000) + "\""));
        assertThat(beyondTheMessage.status()).isEqualTo(413);
    }

    @Test
    void anotherContentTypeIsRefused() {
        Reply reply = api.send(api.request("/api/tilechat/messages").header("Authorization", TestApi.user(alice))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("text=hello")));

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.json().path("err").asText()).contains("application/json");
    }

    @Test
    void onlyUsersOfTheAppSend() {
        for (String path : new String[] {"/api/tilechat/messages", "/api/tilechat/messages/sync"}) {
            assertThat(api.post(path, TestApi.SIGNER.user("shop", alice), message(bob, "")).status()).isEqualTo(401);
            assertThat(api.post(path, null, message(bob, "")).status()).isEqualTo(403);
        }
    }

    @Test
    void aBannedSenderIsTold() throws Exception {
        try (Connection connection = api.database(); PreparedStatement ban = connection.prepareStatement(
                "insert into app_ban (app_id, user_id) values ('tilechat', ?)")) {
            ban.setString(1, alice);
            ban.executeUpdate();
        }

        Reply reply = api.post("/api/tilechat/messages", TestApi.user(alice), message(bob, ""));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("err").asText()).contains("banned");
    }

    @Test
    void aConversationIsArchived() {
        api.post("/api/tilechat/messages/sync", TestApi.user(alice), message(bob, ""));
        try (ChatClient client = ChatClient.connect(TestBroker.shared(), alice)) {
            Reply reply = api.delete("/api/tilechat/conversations/" + bob, TestApi.user(alice));

            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.text()).isEqualTo("{\"success\":true}");
            client.awaitTopic("conversations/" + bob + "/clientdeleted");
            client.awaitTopic("archived_conversations/" + bob + "/clientadded");
        }
        assertThat(api.get("/api/tilechat/" + alice + "/archived_conversations", TestApi.user(alice)).result())
                .hasSize(1);
    }

    @Test
    void aBackEndMayArchiveForAUser() {
        api.post("/api/tilechat/messages/sync", TestApi.user(alice), message(bob, ""));
        try (ChatClient client = ChatClient.connect(TestBroker.shared(), alice)) {
            assertThat(api.call("DELETE", "/api/tilechat/conversations/" + bob + "/", TestApi.admin(),
                    "{\"user_id\":\"" + alice + "\"}").status()).isEqualTo(201);

            client.awaitTopic("conversations/" + bob + "/clientdeleted");
        }
    }

    @Test
    void onlyUsersOfTheAppArchive() {
        String path = "/api/tilechat/conversations/" + bob;

        assertThat(api.delete(path, TestApi.SIGNER.user("shop", alice)).status()).isEqualTo(401);
        assertThat(api.delete(path, null).status()).isEqualTo(403);
    }

    private static String message(String recipient, String more) {
        return "{\"sender_fullname\":\"A\",\"recipient_id\":\"" + recipient
                + "\",\"recipient_fullname\":\"B\",\"text\":\"hello\"" + more + "}";
    }
}

package chat21.observer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import chat21.observer.testing.ChatClient;
import chat21.observer.testing.DeadLetter;

abstract class RefusedMessages extends Flow {

    RefusedMessages(Store store) {
        super(store);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "\"x\"", "[]", "null", "", "{\"text\":", "{\"text\":\"a\"} {}",
        "{\"text\":\"a\",\"text\":\"b\"}", "{\"text\":\"\\ud800\"}"})
    @Tag("broker")
    void aPayloadThatIsNoJsonObjectIsRefusedWhileTheNextMessagePasses(String payload) {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");

        alice.send(bob.user(), payload);
        alice.send(bob.user(), "{\"text\":\"next\"}");

        bob.awaitMessage(alice.user(), "next");
        DeadLetter letter = observer.awaitDeadLetter();
        assertThat(letter.reason()).isEqualTo("bad-payload");
        assertThat(letter.text()).isEqualTo(payload);
        assertThat(letter.header("x-detail")).isNotBlank();
        assertThat(letter.header("x-original-routing-key")).isEqualTo(outgoingKey(alice.user(), bob.user()));
        assertThat(Instant.parse(letter.header("x-received-at"))).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(timeline(bob.user(), alice.user())).hasSize(1);
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedAsTheyCame() {
        ChatClient alice = newClient("alice");
        byte[] payload = "{\"text\":\"h\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        alice.publish(alice.outgoing("bob"), payload);

        DeadLetter letter = observer.awaitDeadLetter();
        assertThat(letter.reason()).isEqualTo("bad-payload");
        assertThat(letter.body()).isEqualTo(payload);
    }

    @Test
    @Tag("broker")
    void aTextOverTheLimitIsRefused() {
        ChatClient alice = newClient("alice");

        alice.send("bob", "{\"text\":\"" + "x".repeat(262_144) + "\"}");

        DeadLetter letter = observer.awaitDeadLetter();
        assertThat(letter.reason()).isEqualTo("payload-too-large");
        assertThat(letter.text()).as("its beginning").hasSize(4_096).startsWith("{\"text\":\"xx");
    }

    @Test
    void allThatABannedSenderSendsIsRefused() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");
        database.change("insert into app_ban (app_id, user_id) values (?, ?)", app, alice.user());

        alice.send(bob.user(), "{\"text\":\"spam\"}");
        alice.send(newId("group-"), "{\"text\":\"spam\"}");

        assertThat(observer.awaitDeadLetter().reason()).isEqualTo("sender-banned");
        assertThat(observer.awaitDeadLetter().reason()).isEqualTo("sender-banned");
        assertThat(rowsOf(alice.user())).isZero();
        assertThat(rowsOf(bob.user())).isZero();
    }

    @Test
    void whatOnlyTheObserverMaySayIsTakenFromTheTopic() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");

        alice.send(bob.user(), "{\"text\":\"trust me\",\"sender\":\"boss\",\"recipient\":\"all\",\"app_id\":\"other\","
                + "\"message_id\":\"1\",\"status\":300,\"__history\":true,\"_id\":1,\"timelineOf\":\"x\","
                + "\"conversWith\":\"y\",\"temp_uid\":2,\"timestamp\":-5,\"mine\":true}");

        JsonNode copy = bob.awaitMessage(alice.user(), "trust me").json();
        assertThat(copy.path("sender").textValue()).isEqualTo(alice.user());
        assertThat(copy.path("recipient").textValue()).isEqualTo(bob.user());
        assertThat(copy.path("app_id").textValue()).isEqualTo(app);
        assertThat(copy.path("message_id").textValue()).isNotEqualTo("1").hasSize(36);
        assertThat(copy.path("status").intValue()).isEqualTo(150);
        assertThat(copy.path("timestamp").longValue()).isCloseTo(System.currentTimeMillis(), within(60_000L));
        assertThat(copy.path("mine").booleanValue()).isTrue();
        assertThat(copy.fieldNames()).toIterable()
                .doesNotContain("__history", "_id", "timelineOf", "conversWith", "temp_uid");
    }

    @Test
    void longIdsOfManyBytesArriveAsLongAsTheirRoutingKeysFit() {
        ChatClient alice = newClient("\u00e5l\u00efce\u732b\u732b\u732b");
        ChatClient bob = newClient("\u0431\u043e\u0431" + "\u732b".repeat(15));

        alice.send(bob.user(), "{\"text\":\"\u3053\u3093\u306b\u3061\u306f \ud83d\ude3a\"}");

        bob.awaitMessage(alice.user(), "\u3053\u3093\u306b\u3061\u306f \ud83d\ude3a");
        assertThat(timeline(bob.user(), alice.user())).hasSize(1);
    }

    @Test
    void aMemberWhoseRoutingKeyWouldBeTooLongRefusesTheMessageBeforeAnythingIsStored() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");
        String group = newId("group-");

        alice.send(group, "{\"text\":\"hi\",\"channel_type\":\"group\",\"group\":{\"members\":{\"" + bob.user()
                + "\":1,\"" + "\u732b".repeat(80) + "\":1}}}");

        assertThat(observer.awaitDeadLetter().reason()).isEqualTo("routing-key-too-long");
        assertThat(rowsOf(bob.user())).isZero();
        assertThat(rowsOf(group)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"a\\u0000b\"}", "{\"channel_type\":\"\\u0000\"}", "{\"text\":{}}",
        "{\"attributes\":[1]}", "{\"type\":5}"})
    void aFieldOfTheWrongKindIsRefusedAtOnce(String payload) {
        ChatClient alice = newClient("alice");

        alice.send("bob", payload);

        assertThat(observer.awaitDeadLetter().reason()).isEqualTo("bad-field");
    }

    @Test
    void aTextThatHoldsTheCharacterZeroArrives() {
        ChatClient alice = newClient("alice");
        ChatClient bob = newClient("bob");

        alice.send(bob.user(), "{\"text\":\"a\\u0000b'; drop table message; --\"}");

        bob.awaitMessage(alice.user(), "a\u0000b'; drop table message; --");
        assertThat(timeline(bob.user(), alice.user())).hasSize(1);
    }
}

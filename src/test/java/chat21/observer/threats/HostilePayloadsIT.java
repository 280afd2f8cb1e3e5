package chat21.observer.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that nobody should send. */
class HostilePayloadsIT extends Hostile {

    static final int MAX_BYTES = 262_144;

    static Stream<Arguments> badPayloads() {
        return Stream.of(
                Arguments.of("10,000 levels of arrays", "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"),
                Arguments.of("10,000 levels of objects", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)),
                Arguments.of("10,000 levels that never end", "{\"a\":".repeat(10_000)),
                Arguments.of("as many keys as fit", keys(22_000)),
                Arguments.of("a key twice", "{\"text\":\"a\",\"text\":\"b\"}"),
                Arguments.of("a key twice, once as an escape", "{\"text\":\"a\",\"\\u0074ext\":\"b\"}"),
                Arguments.of("half a surrogate pair", "{\"text\":\"\\udc00\"}"),
                Arguments.of("half a surrogate pair in a name", "{\"\\ud800\":1}"),
                Arguments.of("a number of 200,000 digits", "{\"n\":" + "9".repeat(200_000) + "}"),
                Arguments.of("an exponent that is no int", "{\"n\":1e9999999999}"),
                Arguments.of("infinity", "{\"n\":Infinity}"),
                Arguments.of("a comment", "{/*x*/\"text\":\"a\"}"),
                Arguments.of("a raw zero", "{\"text\":\"a\0b\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPayloads")
    void aPayloadThatIsNotAcceptableJsonIsRefused(String what, String payload) {
        assertThat(assertRefused("bad-payload", "ben", payload).text()).isEqualTo(payload);
    }

    @Test
    void aMillionKeysAreRefusedUnread() {
        assertRefused("payload-too-large", "ben", keys(1_000_000));
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] payload = "{\"text\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(assertRefused("bad-payload", client -> client.publish(client.outgoing("ben"), payload)).body())
                .isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483647", "-1e-2147483647", "1e999999999", "1e-999999999"})
    void aNumberThatNoMachineHoldsIsRefused(String number) {
        String payload = "{\"text\":\"hi\",\"attributes\":{\"n\":" + number + "}}";

        assertThat(assertRefused("bad-payload", "ben", payload).text()).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.0", "1e400", "-1e-400", "123456789012345678901234567890.123456789012345678901234567890"})
    void aLargeNumberTravelsAsItCame(String number) {
        String text = newId("text");

        mallory.send("ben", "{\"text\":\"" + text + "\",\"timestamp\":" + number + ",\"n\":" + number
                + ",\"attributes\":{\"updateconversation\":" + number + ",\"projectId\":" + number + "}}");

        JsonNode copy = ben.awaitMessage("mallory", text).json();
        assertThat(copy.path("timestamp").longValue()).isCloseTo(System.currentTimeMillis(), within(60_000L));
        assertThat(copy.path("n").isNumber()).isTrue();
        assertNeighboursChat();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "\"now\"", "{}", "99999999999999", "1.5"})
    void anAbsurdTimestampBecomesServerTime(String timestamp) {
        String text = newId("text");

        mallory.send("ben", "{\"text\":\"" + text + "\",\"timestamp\":" + timestamp + "}");

        assertThat(ben.awaitMessage("mallory", text).json().path("timestamp").longValue())
                .isCloseTo(System.currentTimeMillis(), within(60_000L));
    }

    @Test
    void aPayloadOfExactlyTheLimitIsStoredDeliveredReadAgainAndArchived() {
        String frame = "{\"client_message_id\":\"" + newId("own") + "\",\"text\":\"\"}";
        String payload = frame.replace("\"\"}", "\"" + "x".repeat(MAX_BYTES - frame.length()) + "\"}");
        String recipient = newId("ben");

        mallory.send(recipient, payload);
        mallory.send(recipient, payload);
        mallory.archiveConversation(recipient);

        mallory.awaitTopic("/archived_conversations/" + recipient + "/clientadded");
        // What is resent is told to its sender again, and stored once.
        mallory.awaitCount(2, r -> r.topic().endsWith("/messages/" + recipient + "/clientadded"));
        assertThat(timeline(recipient, "mallory")).hasSize(1);
        assertRefused("payload-too-large", recipient, payload + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\u202e\\u0007", "'; drop table message; --", "\\\"},{\\\"a\\\":\\\"",
        "\\ud83d\\ude3a", "$1 ? :x {{x}} ${x}", "\\\\u0000"})
    void aTextOfAnyCharactersArrivesAsItWasSent(String json) throws Exception {
        String text = new com.fasterxml.jackson.databind.ObjectMapper().readTree("\"" + json + "\"").textValue();
        String recipient = newId("ben");

        mallory.send(recipient, "{\"text\":\"" + json + "\",\"sender_fullname\":\"" + json + "\",\"attributes\":{\"" + json
                + "\":\"" + json + "\"}}");

        JsonNode copy = mallory.awaitMessage(recipient, text).json();
        assertThat(copy.path("attributes").path(text).textValue()).isEqualTo(text);
        assertNeighboursChat();
        assertThat(timeline(recipient, "mallory")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"\\u0000\"}", "{\"channel_type\":\"a\\u0000\"}", "{\"client_message_id\":\"\\u0000\"}",
        "{\"client_message_id\":{}}", "{\"text\":{}}", "{\"attributes\":\"x\"}", "{\"attributes\":[1]}", "{\"type\":5}",
        "{\"sender_fullname\":{}}"})
    void aFieldOfAWrongKindIsRefused(String payload) {
        assertRefused("bad-field", "ben", payload);
    }

    static Stream<Arguments> badGroups() {
        return Stream.of(
                Arguments.of("1,001 members", "{\"members\":{" + members(1_001) + "}}", "group-too-large"),
                Arguments.of("100,000 members", "{\"members\":{" + members(100_000) + "}}", "payload-too-large"),
                Arguments.of("nothing", "{}", "bad-field"),
                Arguments.of("an array", "[\"ben\"]", "bad-field"),
                Arguments.of("members null", "{\"members\":null}", "bad-field"),
                Arguments.of("members as an array", "{\"members\":[\"ben\",5,{}]}", "bad-field"),
                Arguments.of("an empty id", "{\"members\":{\"\":1}}", "bad-id"),
                Arguments.of("an id with a dot", "{\"members\":{\"ben.clientadded\":1}}", "bad-id"),
                Arguments.of("an id with a zero", "{\"members\":{\"ben\\u0000\":1}}", "bad-id"),
                Arguments.of("an id with a mark from right to left", "{\"members\":{\"\\u202enna\":1}}", "bad-id"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badGroups")
    void anInlineGroupThatIsTooLargeOrOfABadShapeIsRefused(String what, String group, String reason) {
        String id = newId("group-bad");

        assertRefused(reason, id, "{\"channel_type\":\"group\",\"group\":" + group + "}");

        assertThat(rowsOf(id)).isZero();
    }

    @Test
    void anInlineGroupOfAsManyMembersAsAllowedIsServed() {
        String id = newId("group");

        mallory.send(id, "{\"text\":\"hi\",\"channel_type\":\"group\",\"group\":{\"members\":{" + members(1_000) + "}}}");

        mallory.awaitMessage(id, "hi");
        assertNeighboursChat();
        await().untilAsserted(() -> assertThat(rowsOf("m999")).isEqualTo(1));
    }

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(","));
    }
}

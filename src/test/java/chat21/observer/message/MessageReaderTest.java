package chat21.observer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Deliveries;
import chat21.observer.testing.Messages;

class MessageReaderTest {

    private static final long NOW = Deliveries.RECEIVED_AT;

    @Test
    void senderRecipientAppAndIdAreWhatTopicAndObserverSay() {
        Delivery delivery = Deliveries.outgoing(
                "{\"sender\":\"eve\",\"recipient\":5,\"app_id\":null,\"message_id\":\"forged\"}");

        ChatMessage message = Messages.read(delivery);

        assertThat(message.sender()).isEqualTo("alice");
        assertThat(message.recipient()).isEqualTo("bob");
        assertThat(message.app()).isEqualTo("a");
        assertThat(message.messageId()).isEqualTo(delivery.messageId());
        assertThat(message.json().toString()).isEqualTo("{\"sender\":\"alice\",\"recipient\":\"bob\",\"app_id\":\"a\","
                + "\"message_id\":\"" + delivery.messageId() + "\",\"type\":\"text\",\"timestamp\":" + NOW + "}");
    }

    @Test
    void whatAClientMayNotSayIsRemovedAndTheRestTravelsAlong() {
        ChatMessage message = read("{\"__history\":1,\"_id\":1,\"timelineOf\":1,\"conversWith\":1,\"status\":300,"
                + "\"temp_a\":1,\"temp_\":2,\"temper\":3,\"own\":{\"_id\":4}}");

        assertThat(message.json().fieldNames()).toIterable().containsExactlyInAnyOrder("temper", "own", "message_id",
                "type", "sender", "recipient", "app_id", "timestamp");
        assertThat(message.json().path("own").path("_id").intValue()).isEqualTo(4);
    }

    @Test
    void copiesDifferInStatusAlone() {
        ChatMessage message = read("{\"text\":\"hi\",\"price\":1.50}");

        String sent = new String(message.copy(100), StandardCharsets.UTF_8);
        assertThat(sent).startsWith("{\"text\":\"hi\",\"price\":1.50,").endsWith(",\"status\":100}");
        assertThat(new String(message.copy(150), StandardCharsets.UTF_8))
                .isEqualTo(sent.replace("\"status\":100", "\"status\":150"));
        assertThat(message.stored()).isEqualTo(sent.replace(",\"status\":100}", "}"));
        assertThat(message.copy(100)).isSameAs(message.copy(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1749999999999", "1750000060000", "-1", "0", "1750000000", "1.75e12", "1750000000000.5",
        "99999999999999999999", "1e300", "\"1750000000000\"", "\"now\""})
    void aClientsTimestampTravelsOnBesideTheServersTime(String timestamp) {
        ChatMessage message = read("{\"timestamp\":" + timestamp + "}");

        assertThat(message.timestamp()).isEqualTo(NOW);
        assertThat(message.json().path("client_timestamp")).isEqualTo(json("{\"f\":" + timestamp + "}").path("f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "true", "{}", "[1]", "\"a\\u0000\""})
    void aTimestampThatIsNoneIsLeftOut(String timestamp) {
        ChatMessage message = read("{\"timestamp\":" + timestamp + "}");

        assertThat(message.timestamp()).isEqualTo(NOW);
        assertThat(message.json().has("client_timestamp")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1749999999999", "1750000000000", "1750000059999", "946684800000", "\"1749999999999\"",
        "1749999999999.9"})
    void aBackEndsTimestampIsKept(String timestamp) {
        ChatMessage message = Messages.read(Deliveries.outgoing("{\"timestamp\":" + timestamp + "}").vouch());

        assertThat(message.timestamp()).isEqualTo(Long.parseLong(timestamp.replaceAll("\"|\\..*", "")));
        assertThat(message.json().has("client_timestamp")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1750000000", "946684799999", "1750000060001", "1781536000000", "\"now\""})
    void anAbsurdTimestampOfABackEndBecomesServerTime(String timestamp) {
        assertThat(Messages.read(Deliveries.outgoing("{\"timestamp\":" + timestamp + "}").vouch()).timestamp())
                .isEqualTo(NOW);
    }

    @Test
    void aRecognisedMessageKeepsTheIdAndTimeOfItsFirstAttempt() {
        Delivery delivery = Deliveries.outgoing("{\"timestamp\":1749999999999}");
        delivery.recognise(new FirstAttempt("first-id", 1_749_000_000_000L));

        ChatMessage message = Messages.read(delivery);

        assertThat(message.json().path("message_id").textValue()).isEqualTo("first-id");
        assertThat(message.timestamp()).isEqualTo(1_749_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\":{}}", "{\"text\":[1]}", "{\"type\":5}", "{\"type\":[5]}", "{\"channel_type\":{}}",
        "{\"sender_fullname\":{}}", "{\"recipient_fullname\":[2]}", "{\"attributes\":\"a\"}", "{\"attributes\":[1]}",
        "{\"type\":\"a\\u0000\"}", "{\"channel_type\":\"\\n\"}"})
    void aFieldOfTheWrongTypeIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.BAD_FIELD));
    }

    @Test
    void aTypeHasAtMost64Characters() {
        assertThat(read("{\"type\":\"" + "t".repeat(64) + "\"}").text("type")).hasSize(64);
        assertThatThrownBy(() -> read("{\"type\":\"" + "t".repeat(65) + "\"}")).isInstanceOf(Refusal.class)
                .hasMessageStartingWith("type must be a string of at most 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"attributes\":null,\"metadata\":null,\"text\":null,\"type\":null}",
        "{\"attributes\":{},\"metadata\":\"m\"}", "{\"metadata\":{\"src\":\"x\"}}", "{}"})
    void nullsAndOmissionsAreFine(String json) {
        assertThat(read(json).sender()).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\""})
    void whatMeansNothingIsAsAbsent(String nothing) {
        ChatMessage message = read(("{'attributes':N,'metadata':N,'group':N,'client_message_id':N,'timestamp':N,'type':N,"
                + "'channel_type':N}").replace('\'', '"').replace("N", nothing));

        assertThat(message.json().fieldNames()).toIterable().containsExactlyInAnyOrder("type", "message_id", "sender",
                "recipient", "app_id", "timestamp");
        assertThat(message.text("type")).isEqualTo("text");
        assertThat(message.timestamp()).isEqualTo(NOW);
    }

    @Test
    void numbersAndListsStandWhereTheOriginalTakesThem() {
        ChatMessage message = read("{\"text\":1.50,\"sender_fullname\":7,\"recipient_fullname\":true,\"metadata\":[1,{}]}");

        assertThat(message.json().toString()).startsWith("{\"text\":1.50,\"sender_fullname\":7,\"recipient_fullname\":true,"
                + "\"metadata\":[1,{}],");
    }

    @Test
    void anEmptyTextIsOneAndAnEmptyListIsNone() {
        assertThat(read("{\"text\":\"\"}").json().path("text").textValue()).isEmpty();
        assertThat(read("{\"text\":[],\"sender_fullname\":[]}").json().has("text")).isFalse();
    }

    @Test
    void onlyTheBooleanFalseLeavesTheConversationsAlone() {
        assertThat(read("{\"attributes\":{\"updateconversation\":false}}").updatesConversation()).isFalse();
        assertThat(read("{\"attributes\":{\"updateconversation\":true}}").updatesConversation()).isTrue();
        assertThat(read("{\"attributes\":{\"updateconversation\":\"false\"}}").updatesConversation()).isTrue();
        assertThat(read("{}").updatesConversation()).isTrue();
    }

    private static JsonNode json(String json) {
        return Messages.PAYLOADS.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static ChatMessage read(String json) {
        return Messages.to("bob", json);
    }
}

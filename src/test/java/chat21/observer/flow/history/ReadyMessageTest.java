package chat21.observer.flow.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.protocol.Refusal;
import chat21.observer.testing.Messages;

class ReadyMessageTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {"5, 5", "1600000000000.7, 1600000000000", "'\"1600000000000\"', 1600000000000"})
    void itsTimeIsKeptAsANumber(String given, long time) {
        ReadyMessage message = read("bob", "alice", "bob", ",\"timestamp\":" + given);

        assertThat(message.timestamp()).isEqualTo(time);
        assertThat(message.json().path("timestamp").longValue()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"now\"", "null", "[]", "\"\"", "{}", "1e300"})
    void withoutATimeItIsNotReady(String timestamp) {
        assertThatThrownBy(() -> read("bob", "alice", "bob", ",\"timestamp\":" + timestamp)).isInstanceOf(Refusal.class)
                .hasMessageStartingWith("timestamp must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\""})
    void whatMeansNothingIsAsAbsent(String nothing) {
        ObjectNode json = read("bob", "alice", "bob", ",'timestamp':5,'attributes':N,'metadata':N,'type':N,'channel_type':N,'status':N"
                .replace('\'', '"').replace("N", nothing)).json();

        assertThat(json.has("attributes")).isFalse();
        assertThat(json.has("metadata")).isFalse();
        assertThat(json.has("type")).isFalse();
        assertThat(json.has("channel_type")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"bob, alice, bob, direct", "alice, alice, bob, direct", "bob, alice, team, group", "bob, bob, group-1, group",
        "team, alice, team, direct"})
    void itSaysWhatKindOfConversationItGoesTo(String owner, String sender, String recipient, String channel) {
        ReadyMessage message = read(owner, sender, recipient, ",\"timestamp\":5");

        ObjectNode completed = message.completed(message.json());

        assertThat(completed.path("channel_type").textValue()).isEqualTo(channel);
        assertThat(completed.path("type").textValue()).isEqualTo("text");
    }

    @Test
    void whatItSaysItselfStays() {
        ReadyMessage message = read("bob", "alice", "bob", ",\"timestamp\":5,\"type\":\"image\",\"channel_type\":\"own\"");

        ObjectNode completed = message.completed(message.json());

        assertThat(completed.path("type").textValue()).isEqualTo("image");
        assertThat(completed.path("channel_type").textValue()).isEqualTo("own");
    }

    private static ReadyMessage read(String owner, String sender, String recipient, String more) {
        return ReadyMessage.of("a", owner, "peer", Messages.PAYLOADS.read(("{\"message_id\":\"m1\",\"sender\":\"" + sender
                + "\",\"recipient\":\"" + recipient + "\"" + more + "}").getBytes(StandardCharsets.UTF_8)));
    }
}

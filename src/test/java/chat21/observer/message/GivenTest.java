package chat21.observer.message;

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

class GivenTest {

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\""})
    void whatMeansNothingIsAbsentForEveryKindOfField(String nothing) {
        ObjectNode json = field(nothing);

        assertThat(Given.text(json, "f")).isNull();
        assertThat(Given.object(json, "f")).isNull();
        assertThat(Given.flag(json, "f")).isNull();
        assertThat(Given.wholeNumber(json.get("f"))).isNull();
        Given.dropAbsent(json, "f", "g");
        assertThat(json.has("f")).isFalse();
    }

    @Test
    void aFieldThatIsNotThereIsAbsentToo() {
        assertThat(Given.text(field("1"), "g")).isNull();
        assertThat(Given.isAbsent(field("1").get("g"))).isTrue();
        assertThat(Given.wholeNumber(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[null]", "[0]", "0", "false", "\" \""})
    void whatSaysAnythingIsNotAbsent(String something) {
        assertThat(Given.isAbsent(field(something).get("f"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {"'\"a\"', a", "5, 5", "1.50, 1.50", "true, true"})
    void aTextMayBeWrittenAsANumber(String json, String text) {
        assertThat(Given.text(field(json), "f")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {"5, 5", "1750000000000.9, 1750000000000", "1.75e12, 1750000000000",
        "'\"1750000000000\"', 1750000000000", "'\" 17.5 \"', 17", "0, 0", "1e-300, 0",
        "9223372036854775807, 9223372036854775807"})
    void aWholeNumberMayBeAFractionOrAText(String json, long number) {
        assertThat(Given.wholeNumber(field(json).get("f"))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9223372036854775808", "1e300", "\"1e2147483647\"", "\"now\"", "true", "{}", "[5]",
        "\"11111111111111111111111111111111111111111111111111\""})
    void whatIsNoWholeNumberIsNone(String json) {
        assertThat(Given.wholeNumber(field(json).get("f"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {"true, true", "'\"false\"', false", "0, false", "'\"1\"', true"})
    void aTruthValueMayBeATextOrANumber(String json, boolean value) {
        assertThat(Given.flag(field(json), "f")).isEqualTo(value);
    }

    @Test
    void whatHasTheWrongKindIsRefusedByName() {
        assertThatThrownBy(() -> Given.text(field("{}"), "f")).isInstanceOf(Refusal.class).hasMessage("f must be a string");
        assertThatThrownBy(() -> Given.object(field("[1]"), "f")).hasMessage("f must be an object");
        assertThatThrownBy(() -> Given.flag(field("2"), "f")).hasMessage("f must be true or false");
    }

    private static ObjectNode field(String value) {
        return Messages.PAYLOADS.read(("{\"f\":" + value + "}").getBytes(StandardCharsets.UTF_8));
    }
}

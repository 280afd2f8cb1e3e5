package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.protocol.Refusal;

class FieldsTest {

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\""})
    void whatMeansNothingIsAsAbsent(String value) throws Exception {
        assertThat(Fields.text(body(value), "field", 16)).isNull();
        assertThat(Fields.id(body(value), "field")).isNull();
        assertThatThrownBy(() -> Fields.text(body(value), "field", 16, "field not present!"))
                .isInstanceOfSatisfying(RestError.class, e -> assertThat(e.status()).isEqualTo(405));
    }

    @Test
    void aNumberIsTakenAsText() throws Exception {
        assertThat(Fields.text(body("5"), "field", 16)).isEqualTo("5");
        assertThat(Fields.text(body("5"), "field", 16, "field not present!")).isEqualTo("5");
        assertThat(Fields.id(body("12345678901"), "field")).isEqualTo("12345678901");
        assertThatThrownBy(() -> Fields.id(body("1.5"), "field")).isInstanceOf(Refusal.class)
                .hasMessageContaining("field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"   ", "\\t\\n", "\u00a0\u2003", "\u200b"})
    void aNameOfBlanksAloneIsAsMissing(String blank) {
        assertThatThrownBy(() -> Fields.text(body("\"" + blank + "\""), "field", 16, "field not present!"))
                .isInstanceOfSatisfying(RestError.class, e -> assertThat(e.status()).isEqualTo(405));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "\"12345678901234567\"", "12345678901234567", "\"a\\u0000b\""})
    void whatIsNoTextOrTooLongIsNamed(String value) {
        assertThatThrownBy(() -> Fields.text(body(value), "field", 16)).hasMessageContaining("field must be a string");
    }

    private static ObjectNode body(String value) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree("{\"field\":" + value + "}");
    }
}

package chat21.observer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "support-group-1", "U_1", "a@b", "\u732b", "\ud83d\ude3a", "a:b", "\u00e9"})
    void whatFitsIntoOneWordOfATopicIsAnId(String id) {
        assertThat(Ids.isValid(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b", "a/b", "#", "a*", "+", " ", "a b", "a\tb", "a\nb", "\u0000", "\u007f",
        "\u0085", "a\u00a0b", "\u2003", "\u200b", "\u202e", "\ufffd", "\ud800", "a\udc00", "\udc00\ud800"})
    void whatSeparatesMatchesHidesOrBreaksIsNone(String id) {
        assertThat(Ids.isValid(id)).isFalse();
    }

    @Test
    void anIdHasAtMost128Characters() {
        assertThat(Ids.isValid("x".repeat(128))).isTrue();
        assertThat(Ids.isValid("x".repeat(129))).isFalse();
        assertThat(Ids.isValid(null)).isFalse();
    }

    @Test
    void theRefusalNamesTheField() {
        assertThatThrownBy(() -> Ids.check("recipient", "a.b")).isInstanceOf(Refusal.class)
                .hasMessageStartingWith("recipient must not hold");
    }
}

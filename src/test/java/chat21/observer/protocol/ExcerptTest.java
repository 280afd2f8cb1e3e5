package chat21.observer.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Excerpt.of("", 0)).isEmpty();
        assertThat(Excerpt.of("hello", 5)).isEqualTo("hello");
    }

    @Test
    void noCharacterIsTornWhereverTheCutFalls() {
        String text = "a😀e\u0301👩‍👩‍👧‍👦z".repeat(3);
        for (int max = 0; max <= text.length(); max++) {
            String cut = Excerpt.of(text, max);
            assertThat(cut.length()).isLessThanOrEqualTo(max);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut)).isTrue();
            assertThat(text.substring(cut.length())).doesNotStartWith("\u0301").doesNotStartWith("\u200d");
        }
        assertThat(Excerpt.of("😀😀", 3)).isEqualTo("😀");
        assertThat(Excerpt.of("👩‍👩‍👧‍👦", 5)).isEmpty();
    }

    @Test
    void aCharacterWithoutEndIsCutBetweenItsMarks() {
        assertThat(Excerpt.of("a" + "\u0301".repeat(1_000), 500)).hasSize(500);
    }

    @Test
    void theLongestBeginningOfASizeIsTaken() {
        assertThat(Excerpt.of("漢".repeat(10), 10, t -> t.getBytes(StandardCharsets.UTF_8).length)).isEqualTo("漢漢漢");
        assertThat(Excerpt.of("abc", 0, String::length)).isEmpty();
        assertThat(Excerpt.of("abc", -5, String::length)).isEmpty();
    }
}

package chat21.observer.ops.jolokia;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;

class CallerCheckTest {

    private final CallerCheck withToken = new CallerCheck("s3cret:with:colons");
    private final CallerCheck without = new CallerCheck("");

    @Test
    void whoKnowsTheTokenIsLetInUnderAnyName() {
        assertThat(withToken.letsIn("observer.example", "Bearer s3cret:with:colons")).isTrue();
        assertThat(withToken.letsIn("observer.example", basic("anybody:s3cret:with:colons"))).isTrue();
    }

    @Test
    void whoDoesNotKnowItIsNotEvenFromThisMachine() {
        assertThat(withToken.letsIn("localhost", null)).isFalse();
        assertThat(withToken.letsIn("localhost", "Bearer ")).isFalse();
        assertThat(withToken.letsIn("localhost", "Bearer s3cret")).isFalse();
        assertThat(withToken.letsIn("localhost", basic("s3cret:with:colons:"))).isFalse();
        assertThat(withToken.letsIn("localhost", "Basic %%%")).isFalse();
        assertThat(withToken.letsIn("localhost", "s3cret:with:colons")).isFalse();
    }

    @Test
    void withoutATokenOnlyLocalNamesAreLetIn() {
        assertThat(without.letsIn("localhost:8005", null)).isTrue();
        assertThat(without.letsIn("127.0.0.1:8005", null)).isTrue();
        assertThat(without.letsIn("evil.example:8005", null)).isFalse();
        assertThat(without.letsIn(null, null)).isFalse();
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}

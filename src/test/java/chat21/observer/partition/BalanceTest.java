package chat21.observer.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTest {

    @ParameterizedTest(name = "of {3} queues on {4} nodes: a has {0}, b {1}, c {2}")
    @CsvSource({
        "4, 0, 0, 4, 1, false", // alone
        "4, 0, 0, 4, 2, true",
        "3, 1, 0, 4, 2, true",
        "2, 2, 0, 4, 2, false",
        "1, 3, 0, 4, 2, false", // the other one lets go
        "3, 2, 0, 5, 2, false",
        "2, 2, 0, 4, 3, true", // c would have none
        "2, 1, 1, 4, 3, false",
        "2, 1, 0, 4, 3, false", // one is on its way to c
        "2, 0, 0, 2, 3, true",
        "1, 1, 0, 2, 3, false"})
    void aNodeLetsGoWhatIsBeyondItsShare(int a, int b, int c, int queues, int nodes, boolean expected) {
        Map<String, Integer> counts = new HashMap<>(Map.of("a", a, "b", b, "c", c));
        counts.values().removeIf(count -> count == 0);

        assertThat(Balance.hasTooMany("a", counts, queues, nodes)).isEqualTo(expected);
    }

    @Test
    void ofTwoThatCouldServeANodeWithoutAQueueOneDoes() {
        Map<String, Integer> counts = Map.of("a", 2, "b", 2);

        assertThat(Balance.hasTooMany("a", counts, 4, 3)).isTrue();
        assertThat(Balance.hasTooMany("b", counts, 4, 3)).isFalse();
    }
}

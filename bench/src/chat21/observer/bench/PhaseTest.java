package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseTest {

    @Test
    void aRateIsAnOpenLoop() {
        Phase phase = Phase.parse("direct@1000");

        assertThat(phase).isEqualTo(new Phase(0, true, 1_000, 0)).hasToString("direct@1000");
        assertThat(phase.copiesPerMessage()).isEqualTo(2);
        assertThat(phase.label()).isEqualTo("direct, 1,000 msg/s");
    }

    @Test
    void aNumberOnTheWayIsAClosedLoop() {
        Phase phase = Phase.parse("group100:50");

        assertThat(phase).isEqualTo(new Phase(100, false, 50, 0)).hasToString("group100:50");
        assertThat(phase.copiesPerMessage()).isEqualTo(101);
    }

    @Test
    void aLargeGroupCanBeSentToBesides() {
        Phase phase = Phase.parse("direct@200+group5000");

        assertThat(phase).isEqualTo(new Phase(0, true, 200, 5_000)).hasToString("direct@200+group5000");
        assertThat(phase.copiesPerMessage()).isEqualTo(2);
        assertThat(phase.label()).isEqualTo("direct, 200 msg/s beside a group of 5,000");
    }

    @Test
    void theFirstSecondsAfterAStartAreALoadOfTheirOwn() {
        Phase phase = Phase.parse("cold@100");

        assertThat(phase.cold()).isTrue();
        assertThat(phase).hasToString("cold@100");
        assertThat(phase.label()).isEqualTo("direct, first 5 s, 100 msg/s");
    }

    @Test
    void theDefaultsCanBeRead() {
        assertThat(Phase.DEFAULTS.split(",")).allSatisfy(text -> assertThat(Phase.parse(text)).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "direct", "direct@0", "group0:5", "group:5", "direct@-1", "direct*5", "direct:5+group10",
            "direct@5+direct@5"})
    void whatIsNoLoadIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Phase.parse(text)).withMessageContaining("is no load");
    }
}

package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PopulationTest {

    private final Population population = new Population(10_000, 100, 1_000);

    @Test
    void noTwoPairsAreTheSameUsers() {
        Set<Set<String>> pairs = new HashSet<>();
        for (int pair = 0; pair < population.pairs(); pair++) {
            pairs.add(Set.of(population.one(pair), population.other(pair)));
        }

        assertThat(pairs).hasSize(1_000);
    }

    @Test
    void idsFollowTheTime() {
        assertThat(population.messageId(1)).isLessThan(population.messageId(2)).isNotEqualTo(population.messageId(0));
    }

    @Test
    void tooFewUsersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Population(100, 10, 0));
    }

    @Test
    void readsAreALoadBesideThoseOfMessages() {
        assertThat(AskedLoad.parse("reads@200")).isEqualTo(new AskedLoad(null, new ReadRate(200), null, null));
        assertThat(AskedLoad.parse("storm@2000").connects()).isEqualTo(new ConnectLoad(ConnectLoad.Kind.STORM, 2_000));
        assertThat(AskedLoad.parse("connects@1000").connects()).hasToString("connects@1000");
        assertThat(AskedLoad.parse("direct@60").phase()).isEqualTo(Phase.parse("direct@60"));
        assertThatIllegalArgumentException().isThrownBy(() -> AskedLoad.parse("reads@0"));
    }
}

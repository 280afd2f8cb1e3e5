package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogAxisTest {

    @Test
    void eachPowerOfTenIsAsLongAsTheNext() {
        LogAxis axis = LogAxis.over(List.of(0.5, 80.0), 100, 300);

        assertThat(axis.ticks()).containsExactly(0.1, 1, 10, 100);
        assertThat(axis.at(0.1)).isEqualTo(100);
        assertThat(axis.at(10)).isEqualTo(300);
        assertThat(axis.at(100)).isEqualTo(400);
    }

    @Test
    void whatDoesNotFitIsDrawnAtTheEnd() {
        LogAxis axis = LogAxis.over(List.of(2.0, 3.0), 0, 100);

        assertThat(axis.at(0)).isZero();
        assertThat(axis.at(5_000)).isEqualTo(100);
    }

    @Test
    void withoutValuesThereIsStillAnAxis() {
        assertThat(LogAxis.over(List.of(), 0, 100).ticks()).hasSize(2);
    }
}

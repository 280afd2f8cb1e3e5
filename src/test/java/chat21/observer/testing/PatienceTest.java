package chat21.observer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void aBoundIsAsLongAsItSaysOrLonger() {
        assertThat(Patience.slowness()).isBetween(1.0, 20.0);
        assertThat(Patience.seconds(3)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(60));
    }
}

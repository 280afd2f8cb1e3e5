package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AckWindowTest {

    private final AckWindow window = new AckWindow();

    @Test
    void aDeliveryIsAcknowledgedAfterTheLastOfItsPublishes() {
        window.opened(1, 2);

        assertThat(window.confirmed(1, false)).isEqualTo(AckWindow.NOTHING);
        assertThat(window.confirmed(2, false)).isEqualTo(1);
    }

    @Test
    void aConfirmThatComesEarlyWaitsForTheOnesBefore() {
        window.opened(1, 2);
        window.opened(2, 4);

        assertThat(window.confirmed(4, false)).isEqualTo(AckWindow.NOTHING);
        assertThat(window.confirmed(3, false)).isEqualTo(AckWindow.NOTHING);
        assertThat(window.confirmed(2, true)).isEqualTo(2);
    }

    @Test
    void whileMoreIsOnTheWayAcknowledgementsAreGathered() {
        for (int delivery = 1; delivery <= 40; delivery++) {
            window.opened(delivery, delivery * 2);
        }

        assertThat(window.confirmed(20, true)).isEqualTo(AckWindow.NOTHING);
        assertThat(window.confirmed(64, true)).isEqualTo(32);
        assertThat(window.confirmed(80, true)).isEqualTo(40);
    }

    @Test
    void nothingIsAcknowledgedTwice() {
        window.opened(1, 1);

        assertThat(window.confirmed(1, true)).isEqualTo(1);
        assertThat(window.confirmed(1, true)).isEqualTo(AckWindow.NOTHING);
    }
}

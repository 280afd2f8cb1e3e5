package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MarkerTest {

    @Test
    void aStampedMarkerIsReadBackFromAnywhereInABody() {
        byte[] body = bytes("{\"b\":\"b3nc\",\"attributes\":{\"bench\":\"" + Marker.BLANK + "\"},\"text\":\"ü\"}");

        Marker.stamp(body, Marker.indexIn(body), 9_876, 2_147_483_647);

        long found = Marker.find(body);
        assertThat(Marker.run(found)).isEqualTo(9_876);
        assertThat(Marker.number(found)).isEqualTo(2_147_483_647);
    }

    @Test
    void aSmallNumberLeavesNoDigitsOfAGreaterOneBehind() {
        byte[] body = bytes(Marker.BLANK);
        Marker.stamp(body, 0, 12, 345_678);

        Marker.stamp(body, 0, 1, 7);

        assertThat(body).asString().isEqualTo("b3nch:0001:0000000007");
    }

    @Test
    void aBodyWithoutAWholeMarkerHasNone() {
        assertThat(Marker.find(bytes(""))).isEqualTo(Marker.NONE);
        assertThat(Marker.find(bytes("{\"text\":\"nothing to see here, move along\"}"))).isEqualTo(Marker.NONE);
        assertThat(Marker.find(bytes("{\"text\":\"b3nch:0001:00000000"))).isEqualTo(Marker.NONE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

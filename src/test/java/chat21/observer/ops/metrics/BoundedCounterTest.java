package chat21.observer.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class BoundedCounterTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theFirstValuesAreToldApartAndTheRestShareOne() {
        BoundedCounter counter = new BoundedCounter(meters, "c", "", List.of("ip"), 2);

        for (String value : List.of("a", "b", "c", "d", "a")) {
            counter.increment(value);
        }

        assertThat(meters.get("c").tag("ip", "a").counter().count()).isEqualTo(2);
        assertThat(meters.get("c").tag("ip", "b").counter().count()).isEqualTo(1);
        assertThat(meters.get("c").tag("ip", "other").counter().count()).isEqualTo(2);
        assertThat(meters.get("c").counters()).hasSize(3);
    }

    @Test
    void pairsAreBoundedAsPairs() {
        BoundedCounter counter = new BoundedCounter(meters, "c", "", List.of("project", "ip"), 10);

        for (int i = 0; i < 10_000; i++) {
            counter.increment("p" + i % 100, "ip" + i / 100);
        }

        assertThat(meters.get("c").counters()).hasSize(11);
        assertThat(meters.get("c").tag("project", "other").tag("ip", "other").counter().count()).isEqualTo(9_990);
    }

    @Test
    void aMissingValueIsNotCounted() {
        BoundedCounter counter = new BoundedCounter(meters, "c", "", List.of("project", "ip"), 10);

        counter.increment("p", null);

        assertThat(meters.find("c").counters()).isEmpty();
    }

    @Test
    void onlyShortTextsBecomeLabels() {
        assertThat(BoundedCounter.label(TextNode.valueOf("p1"))).isEqualTo("p1");
        assertThat(BoundedCounter.label(TextNode.valueOf("x".repeat(65)))).isEqualTo("other");
        assertThat(BoundedCounter.label(TextNode.valueOf(""))).isNull();
        assertThat(BoundedCounter.label(IntNode.valueOf(5))).isNull();
        assertThat(BoundedCounter.label(MissingNode.getInstance())).isNull();
    }
}

package chat21.observer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class RowKeysTest {

    private static final Instant IN_2055 = Instant.parse("2055-01-01T00:00:00Z");

    @Test
    void keysGrowEvenWhenTheClockStands() {
        RowKeys keys = new RowKeys(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

        assertThat(LongStream.generate(keys::next).limit(10_000)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void keysGrowWithTimeAcrossProcesses() {
        long before = new RowKeys(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC)).next();

        assertThat(new RowKeys(Clock.fixed(Instant.parse("2026-01-01T00:00:01Z"), ZoneOffset.UTC)).next())
                .isGreaterThan(before);
    }

    @Test
    void keysHaveRoomForDecades() {
        assertThat(new RowKeys(Clock.fixed(IN_2055, ZoneOffset.UTC)).next()).isPositive();
    }
}

package chat21.observer.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class MessageIdsTest {

    private long now = 1_750_000_000_000L;
    private final MessageIds ids = new MessageIds(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    });

    @Test
    void timeNeverRunsBackEvenWhenTheClockDoes() {
        long before = ids.now();
        now -= 60_000;

        assertThat(ids.now()).isEqualTo(before);
        now += 60_001;
        assertThat(ids.now()).isEqualTo(before + 1);
    }

    @Test
    void idsGrowWithinAMillisecondBeyondItsSequenceAndWhileTheClockGoesBack() {
        List<String> given = Stream.generate(() -> {
            now -= 1;
            return ids.next().toString();
        }).limit(10_000).toList();

        assertThat(given).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anIdIsAUuidOfVersion7WithItsTimeInFront() {
        UUID id = ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now);
    }
}

package chat21.observer.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class RowKeysTest {

    @Test
    void keysOfAConversationGrowEvenWhenTheClockStands() {
        RowKeys keys = at("2026-01-01T00:00:00Z");

        assertThat(LongStream.generate(() -> direct(keys, "alice", "bob")).limit(10_000)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void keysGrowWithTimeAcrossProcesses() {
        long before = direct(at("2026-01-01T00:00:00Z"), "alice", "bob");

        assertThat(direct(at("2026-01-01T00:00:01Z"), "alice", "bob")).isGreaterThan(before);
    }

    @Test
    void bothSidesOfAConversationAreNeighboursAndOthersAreNot() {
        RowKeys keys = at("2026-01-01T00:00:00Z");
        long first = direct(keys, "alice", "bob");

        assertThat(direct(keys, "bob", "alice") - first).isBetween(1L, 100L);
        assertThat(Math.abs(direct(keys, "alice", "carol") - first)).isGreaterThan(1L << 40);
    }

    @Test
    void allWhoWriteToAGroupAreNeighbours() {
        RowKeys keys = at("2026-01-01T00:00:00Z");
        long first = keys.next("tilechat", "group", "alice", "group-1");

        assertThat(keys.next("tilechat", "group", "bob", "group-1") - first).isBetween(1L, 100L);
    }

    @Test
    void manyConversationsHaveManyKeys() {
        RowKeys keys = at("2026-01-01T00:00:00Z");

        assertThat(IntStream.range(0, 100_000).mapToLong(i -> direct(keys, "user-" + i, "user-" + (i + 1))))
                .doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 1_000).mapToLong(i -> direct(keys, "user-" + i, "user-" + (i + 1)) >> 43).distinct())
                .hasSizeGreaterThan(990);
    }

    @Test
    void keysHaveRoomForDecades() {
        assertThat(direct(at("2055-01-01T00:00:00Z"), "alice", "bob")).isPositive();
    }

    private static long direct(RowKeys keys, String sender, String recipient) {
        return keys.next("tilechat", "direct", sender, recipient);
    }

    private static RowKeys at(String time) {
        return new RowKeys(Clock.fixed(Instant.parse(time), ZoneOffset.UTC));
    }
}

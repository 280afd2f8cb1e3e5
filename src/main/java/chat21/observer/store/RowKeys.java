package chat21.observer.store;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys of messages within the database: they grow with time, so that new rows land together, and differ between nodes
 * without asking anyone. From the left, 41 bits are ms since 2025, 12 count within them, and 10 are drawn at the start of
 * a process; should two nodes ever draw the same and meet, the database refuses one of them, which then takes the next.
 */
public final class RowKeys {

    private static final long EPOCH = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final int COUNT_BITS = 12;
    private static final int NODE_BITS = 10;

    private final Clock clock;
    private final long node = ThreadLocalRandom.current().nextLong(1L << NODE_BITS);
    private final AtomicLong last = new AtomicLong();

    public RowKeys(Clock clock) {
        this.clock = clock;
    }

    /** The next key, greater than all before it in this process. */
    public long next() {
        long now = clock.millis() - EPOCH << COUNT_BITS;
        return last.updateAndGet(before -> Math.max(before + 1, now)) << NODE_BITS | node;
    }
}

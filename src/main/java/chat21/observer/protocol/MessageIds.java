package chat21.observer.protocol;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives out server time and message ids that never run backwards within a process, even when the machine's clock does.
 *
 * <p>Ids are UUIDs of version 7 (RFC 9562): they grow with time, so new rows land at the end of an index instead of
 * all over it, and two messages of the same millisecond keep their order.
 */
public final class MessageIds {

    private static final int SEQUENCE_BITS = 12;
    private static final int MAX_SEQUENCE = (1 << SEQUENCE_BITS) - 1;

    private final Clock clock;
    private long millis;
    private int sequence;

    public MessageIds(Clock clock) {
        this.clock = clock;
    }

    /** Server time in ms since 1970, never less than what was given out before. */
    public synchronized long now() {
        millis = Math.max(millis, clock.millis());
        return millis;
    }

    /** The next id, greater than all before it. */
    public synchronized UUID next() {
        long before = millis;
        now();
        if (millis > before) {
            sequence = 0;
        } else if (++sequence > MAX_SEQUENCE) {
            millis++;
            sequence = 0;
        }
        long high = millis << 16 | 0x7000L | sequence;
        long low = ThreadLocalRandom.current().nextLong() >>> 2 | 0x8000000000000000L;
        return new UUID(high, low);
    }
}

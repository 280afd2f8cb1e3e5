package chat21.observer.database;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Keys of messages within the database. H2 keeps rows in the order of their keys: the messages of a conversation have
 * neighbouring ones, growing with time, so that a page of a history is a few pages of the file. From the left, 20 bits
 * are drawn from the conversation, 40 are ms since 2025, and 3 are drawn at random. A process gives no key twice; should two
 * nodes ever give the same, the database refuses one of them, which then takes the next.
 */
public final class RowKeys {

    private static final long EPOCH = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final int CONVERSATION_BITS = 20;
    private static final int TIME_BITS = 40;
    private static final int RANDOM_BITS = 3;
    private static final int STRIPES = 1 << 12;

    private final Clock clock;
    // The last time given for any of the conversations that share a stripe.
    private final AtomicLongArray last = new AtomicLongArray(STRIPES);

    public RowKeys(Clock clock) {
        this.clock = clock;
    }

    /**
     * The next key of a conversation, greater than all before it in this process.
     *
     * @param channel {@code group} if the recipient is one, else it is a conversation of two; may be null
     */
    public long next(String app, String channel, String sender, String recipient) {
        int mixed = mix(app.hashCode() * 31 + ("group".equals(channel) ? recipient.hashCode()
                : sender.hashCode() + recipient.hashCode()));
        int conversation = mixed >>> Integer.SIZE - CONVERSATION_BITS;
        long now = clock.millis() - EPOCH;
        long time = last.updateAndGet(conversation % STRIPES, before -> Math.max(before + 1, now));
        return ((long) conversation << TIME_BITS | time) << RANDOM_BITS
                | ThreadLocalRandom.current().nextInt(1 << RANDOM_BITS);
    }

    // Similar names have similar hash codes; this spreads them (the end of MurmurHash3).
    private static int mix(int hash) {
        int h = (hash ^ hash >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return h ^ h >>> 16;
    }
}

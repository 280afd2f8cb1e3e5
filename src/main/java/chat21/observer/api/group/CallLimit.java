package chat21.observer.api.group;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import chat21.observer.api.auth.Caller;
import chat21.observer.api.group.GroupError.Kind;
import chat21.observer.message.Lookups.Key;

/**
 * Bounds what one user makes others receive by changing groups: the announcements come from the system, which no rate limit
 * counts. Back ends may do as much as they like.
 */
final class CallLimit {

    private static final int MOST_CALLERS = 100_000;
    private static final int BYTES_OF_A_COPY = 16_384;

    private final GroupLimits limits;
    private final TimeMeter clock;
    private final Cache<Key, Buckets> buckets;

    private record Buckets(Bucket calls, Bucket copies) {
    }

    CallLimit(GroupLimits limits) {
        this(limits, TimeMeter.SYSTEM_NANOTIME);
    }

    CallLimit(GroupLimits limits, TimeMeter clock) {
        this.limits = limits;
        this.clock = clock;
        // A bucket that has had the time to fill up is as good as a new one.
        long fullAfterMs = Math.max(60_000, 60_000L * limits.copiesAtOnce() / limits.copiesPerMinute());
        this.buckets = Caffeine.newBuilder().maximumSize(MOST_CALLERS)
                .expireAfterAccess(Duration.ofMillis(fullAfterMs + 1_000)).ticker(clock::currentTimeNanos).build();
    }

    /** How many copies that is, where each of them is large. */
    static long copies(long receivers, int bytes) {
        return receivers * (1 + bytes / BYTES_OF_A_COPY);
    }

    /**
     * Counts a call.
     *
     * @param copies how many copies come of it; what is more than may come at once needs that it was quiet before
     * @throws GroupError if it is too much for now
     */
    void admit(Caller caller, long copies) {
        if (caller.admin()) {
            return;
        }
        Buckets of = buckets.get(new Key(caller.app(), caller.user()), key -> new Buckets(
                bucket(limits.callsPerMinute(), limits.callsPerMinute()),
                bucket(limits.copiesAtOnce(), limits.copiesPerMinute())));
        if (!of.calls.tryConsume(1)) {
            throw new GroupError(Kind.TOO_MUCH, "a user may change groups " + limits.callsPerMinute() + " times a minute");
        }
        if (!of.copies.tryConsume(Math.max(1, Math.min(copies, limits.copiesAtOnce())))) {
            throw new GroupError(Kind.TOO_MUCH, "the calls of a user may tell " + limits.copiesAtOnce()
                    + " members at once and " + limits.copiesPerMinute() + " more a minute");
        }
    }

    private Bucket bucket(int capacity, int perMinute) {
        return Bucket.builder().withCustomTimePrecision(clock)
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(perMinute, Duration.ofMinutes(1))).build();
    }
}

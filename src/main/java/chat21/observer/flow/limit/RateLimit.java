package chat21.observer.flow.limit;

import java.time.Duration;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import chat21.observer.message.Delivery;
import chat21.observer.message.Lookups.Key;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Topic.Outgoing;

/** Lets each sender send so many messages at once and so many a minute, and refuses the rest unread. */
public final class RateLimit {

    private final RateLimitSettings settings;
    private final Set<String> trustedSenders;
    private final Cache<Key, Bucket> buckets;
    private final TimeMeter clock;

    /** @param trustedSenders senders, in any app, that may send as much as they like */
    public RateLimit(RateLimitSettings settings, Set<String> trustedSenders) {
        this(settings, trustedSenders, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(RateLimitSettings settings, Set<String> trustedSenders, TimeMeter clock) {
        this.settings = settings;
        this.trustedSenders = trustedSenders;
        this.clock = clock;
        // A bucket that has had the time to fill up is as good as a new one.
        this.buckets = Caffeine.newBuilder().maximumSize(settings.maxSenders())
                .expireAfterAccess(settings.timeToFill().plus(Duration.ofSeconds(1)))
                .ticker(clock::currentTimeNanos).build();
    }

    /**
     * Takes a token of the sender's bucket, once for each delivery however often it is tried. What the broker hands over
     * again took its token when it first came.
     *
     * @throws Refusal if the bucket is empty
     */
    public Delivery admit(Delivery delivery) {
        if (settings.isOff() || delivery.redelivered()) {
            return delivery;
        }
        if (!delivery.onceWithinLimit(() -> hasToken((Outgoing) delivery.topic()))) {
            String rule = "the sender may send " + settings.capacity() + " messages at once and "
                    + settings.refillPerMinute() + " a minute";
            throw settings.keepsExcess() ? new Refusal(Reason.RATE_LIMITED, rule)
                    : Refusal.withoutLetter(Reason.RATE_LIMITED, rule);
        }
        return delivery;
    }

    private boolean hasToken(Outgoing topic) {
        return trustedSenders.contains(topic.sender())
                || buckets.get(new Key(topic.app(), topic.sender()), key -> newBucket()).tryConsume(1);
    }

    private Bucket newBucket() {
        return Bucket.builder().withCustomTimePrecision(clock)
                .addLimit(limit -> limit.capacity(settings.capacity())
                        .refillGreedy(settings.refillPerMinute(), Duration.ofMinutes(1)))
                .build();
    }
}

package chat21.observer.flow.limit;

import java.time.Duration;

import chat21.observer.settings.Settings;

/**
 * How much one sender may send.
 *
 * @param capacity        how many messages at once; 0 if there is no limit
 * @param refillPerMinute how many more with each minute
 * @param keepsExcess     whether what is refused goes to the dead letters
 * @param maxSenders      how many senders are watched at a time
 */
public record RateLimitSettings(int capacity, int refillPerMinute, boolean keepsExcess, int maxSenders) {

    /** Reads them; where only one of the two numbers is set, it counts for both. */
    public static RateLimitSettings of(Settings settings) {
        int capacity = settings.number("chat21.rate-limit.capacity");
        int refill = settings.number("chat21.rate-limit.refill-per-minute");
        return new RateLimitSettings(capacity == 0 ? refill : capacity, refill == 0 ? capacity : refill,
                settings.text("chat21.rate-limit.on-excess").equals("dead-letter"), settings.number("chat21.rate-limit.max-senders"));
    }

    boolean isOff() {
        return capacity == 0;
    }

    Duration timeToFill() {
        return isOff() ? Duration.ZERO : Duration.ofMillis(60_000L * capacity / refillPerMinute);
    }
}

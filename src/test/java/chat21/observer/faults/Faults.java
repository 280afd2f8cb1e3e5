package chat21.observer.faults;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How much the tests of faults do, by system properties: little in an ordinary run of all tests, much with
 * {@code bin/test --faults}.
 */
final class Faults {

    /** Messages a second, of all conversations together. */
    static final int PER_SECOND = Integer.getInteger("faults.per-second", 150);
    /** How often each fault comes. */
    static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
    /** How long a fault lasts at least. */
    static final Duration LASTING = Duration.ofMillis(Long.getLong("faults.lasting-ms", 1_500));
    /** The longest time from a fault's end until all is back to normal. */
    static final Duration RECOVERY = Duration.ofSeconds(Integer.getInteger("faults.recovery-s", 15));

    private Faults() {
    }

    /** A moment that nobody foresees, so that a fault hits each time something else. */
    static int randomCount() {
        return ThreadLocalRandom.current().nextInt(PER_SECOND / 2, 2 * PER_SECOND);
    }
}

package chat21.observer.bench;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param leadIn   of each phase, before it counts
 * @param window   in which a phase counts
 * @param warmUp   at most, of each system before the first phase
 * @param warmUpMessages after which a warm-up is over
 * @param patience without any new copy, after which what is missing is lost
 */
record Timing(Duration leadIn, Duration window, Duration warmUp, int warmUpMessages, Duration patience) {

    static Timing full(int seconds) {
        return new Timing(Duration.ofSeconds(2), Duration.ofSeconds(seconds), Duration.ofSeconds(15), 20_000,
                Duration.ofSeconds(15));
    }

    /** Enough to see that everything works, not to judge a figure. */
    static Timing quick(int seconds) {
        return new Timing(Duration.ofMillis(500), Duration.ofSeconds(seconds), Duration.ofSeconds(5), 2_000,
                Duration.ofSeconds(10));
    }

    /** That of a load which counts from its first message on. */
    Timing cold() {
        return new Timing(Duration.ZERO, Duration.ofSeconds(5), warmUp, warmUpMessages, patience);
    }

    /** The time after which so many measurements must be over. */
    Duration limit(int measurements) {
        return leadIn.plus(window).plus(Duration.ofSeconds(60)).multipliedBy(measurements).plus(Duration.ofMinutes(5));
    }
}

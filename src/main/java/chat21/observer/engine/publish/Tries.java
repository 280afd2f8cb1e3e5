package chat21.observer.engine.publish;

/**
 * How often something is published again that the broker did not take.
 *
 * @param max          how often at most
 * @param firstPauseMs the pause before the first time, in ms; it doubles each time
 * @param maxPauseMs   the longest pause, in ms
 */
public record Tries(int max, long firstPauseMs, long maxPauseMs) {

    /** The pause before one of these times, in nanoseconds. */
    long pauseNanos(int number) {
        return Math.min(firstPauseMs << Math.min(number, 20), maxPauseMs) * 1_000_000;
    }
}

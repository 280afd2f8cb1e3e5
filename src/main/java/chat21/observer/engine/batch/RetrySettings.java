package chat21.observer.engine.batch;

/**
 * How often and how long a batch is tried.
 *
 * @param maxTries      how often a message is tried that fails while database and broker are there
 * @param firstPauseMs  the first pause while they are away; it doubles
 * @param maxPauseMs    the longest pause
 * @param rememberMs    how long nothing must have come before what was stored is taken as acknowledged
 * @param stopTimeoutMs how long a stop waits for what is in flight
 */
public record RetrySettings(int maxTries, long firstPauseMs, long maxPauseMs, long rememberMs, long stopTimeoutMs) {
}

package chat21.observer.out.webhook;

/**
 * What came of a try.
 *
 * @param attempt      the try
 * @param fate         what becomes of the event
 * @param error        why it failed, without anything secret; null if it did not
 * @param retryAfterMs how long the endpoint wants to be left alone, in ms; 0 where it does not say
 */
public record TryResult(WebhookTry attempt, Fate fate, String error, long retryAfterMs) {

    TryResult(WebhookTry attempt, Fate fate, String error) {
        this(attempt, fate, error, 0);
    }

    /** What becomes of an event after a try. */
    public enum Fate {
        /** The endpoint has it. */
        DELIVERED,
        /** The endpoint has answered that it does not want it, and would say so each time. */
        REFUSED,
        /** It will be tried again. */
        RETRIED,
        /** It was tried for the last time. */
        DEAD_LETTERED,
        /** What the try came to could not be written down, so it is made again. */
        FAILED;

        /** The label of the metric, such as {@code dead-lettered}. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}

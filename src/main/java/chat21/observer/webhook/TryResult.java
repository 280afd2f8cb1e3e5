package chat21.observer.webhook;

/**
 * What came of a try.
 *
 * @param attempt the try
 * @param fate    what becomes of the event
 * @param error   why it failed, without anything secret; null if it did not
 */
public record TryResult(WebhookTry attempt, Fate fate, String error) {

    /** What becomes of an event after a try. */
    public enum Fate {
        /** The endpoint has it. */
        DELIVERED,
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

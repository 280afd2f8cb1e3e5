package chat21.observer.message;

/**
 * How a delivery was stored when it first came.
 *
 * @param messageId the id that it got
 * @param timestamp the timestamp that it got, in ms since 1970
 */
public record FirstAttempt(String messageId, long timestamp) {
}

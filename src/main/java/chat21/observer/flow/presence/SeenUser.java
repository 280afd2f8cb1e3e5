package chat21.observer.flow.presence;

/**
 * A user as it was before one of its clients came or went.
 *
 * @param isKnown whether anything was known of it
 * @param online  whether it was there
 * @param since   since when, in ms since 1970
 */
public record SeenUser(ChangePresence change, boolean isKnown, boolean online, long since) {
}

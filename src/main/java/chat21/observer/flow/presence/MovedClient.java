package chat21.observer.flow.presence;

/**
 * A client that has come or gone.
 *
 * @param before   its user before that
 * @param wasSaid  whether it was known already that the client is there, or is not
 * @param isOnline whether the user is there now
 */
public record MovedClient(SeenUser before, boolean wasSaid, boolean isOnline) {
}

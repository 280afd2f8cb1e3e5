package chat21.observer.api.auth;

/** Says that there is no token, or none that holds; it tells nobody why. */
public final class Unauthorized extends RuntimeException {

    public Unauthorized() {
        super("Unauthorized.", null, false, false);
    }
}

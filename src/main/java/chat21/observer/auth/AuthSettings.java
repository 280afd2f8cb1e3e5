package chat21.observer.auth;

/**
 * How tokens are checked.
 *
 * @param key      the shared key of HS256 tokens; empty if only published keys count
 * @param jwks     where the public keys of RS256 tokens are, as a URL or a file; empty if only the shared key counts
 * @param audience what a token's {@code aud} must hold
 */
public record AuthSettings(String key, String jwks, String audience) {

    public AuthSettings {
        if (key.isEmpty() && jwks.isEmpty()) {
            throw new IllegalArgumentException("there is no key");
        }
    }

    boolean hasJwks() {
        return !jwks.isEmpty();
    }

    boolean takesSharedKey() {
        return !key.isEmpty();
    }
}

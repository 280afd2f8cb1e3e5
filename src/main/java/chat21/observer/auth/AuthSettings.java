package chat21.observer.auth;

/**
 * How tokens are checked.
 *
 * @param key      the shared key of HS256 tokens
 * @param jwks     where the public keys of RS256 tokens are, as a URL or a file; empty if only the shared key counts
 * @param audience what a token's {@code aud} must hold
 */
public record AuthSettings(String key, String jwks, String audience) {

    /** The key that everybody knows. */
    public static final String DEFAULT_KEY = "tokenKey";

    public AuthSettings {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("the key is empty");
        }
    }

    boolean hasJwks() {
        return !jwks.isEmpty();
    }

    /** Whether tokens signed with the shared key are let in: not with the default key where there are better ones. */
    boolean takesSharedKey() {
        return !hasJwks() || !key.equals(DEFAULT_KEY);
    }

    /** Whether anybody who knows this software could sign a token. */
    public boolean isOpenToAnybody() {
        return takesSharedKey() && key.equals(DEFAULT_KEY);
    }
}

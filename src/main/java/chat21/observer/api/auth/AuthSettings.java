package chat21.observer.api.auth;

/**
 * How tokens are checked.
 *
 * @param key            the shared key of HS256 tokens; empty if only published keys count
 * @param keyId          the id that the broker knows that key by; a token that names another key does not hold
 * @param jwks           where the public keys of RS256 tokens are, as a URL or a file; empty if only the shared key counts
 * @param audience       what a token's {@code aud} must hold
 * @param requiresExpiry whether a token must say when it expires, and must be valid already
 */
public record AuthSettings(String key, String keyId, String jwks, String audience, boolean requiresExpiry) {

    private static final String USUAL_KEY_ID = "tiledesk-key";

    public AuthSettings {
        if (key.isEmpty() && jwks.isEmpty()) {
            throw new IllegalArgumentException("there is no key");
        }
    }

    /** The usual check, with the key id of chat21-server's deployments. */
    public AuthSettings(String key, String jwks, String audience) {
        this(key, USUAL_KEY_ID, jwks, audience, true);
    }

    boolean hasJwks() {
        return !jwks.isEmpty();
    }

    boolean takesSharedKey() {
        return !key.isEmpty();
    }
}

package chat21.observer.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import chat21.observer.protocol.Scopes;
import chat21.observer.protocol.TopicId;

/** Signs the tokens with which users and back ends log in to the broker and to the REST API. */
public final class TokenSigner {
    /** How long a token is good for unless it is said otherwise. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofDays(30);

    /** What a token's bearer is to the REST API. */
    public enum Role {
        USER("user"),
        ADMIN("admin");

        private final String claim;

        Role(String claim) {
            this.claim = claim;
        }
    }

    private final HmacSha256Signer signer;
    private final Clock clock;

    /** Makes a signer with the key that the broker checks tokens against. */
    public TokenSigner(String key) {
        this(key, Clock.systemUTC());
    }

    TokenSigner(String key, Clock clock) {
        this.signer = new HmacSha256Signer(key);
        this.clock = clock;
    }

    /** Returns a user's token with the least scopes. */
    public String user(String app, String user) {
        return sign(app, user, Role.USER, Scopes.least(app, user), DEFAULT_VALIDITY);
    }

    /** Returns a user's token with the wide scopes of existing deployments. */
    public String wideUser(String app, String user) {
        return sign(app, user, Role.USER, Scopes.wide(app, user), DEFAULT_VALIDITY);
    }

    /** Returns the token of a back end. */
    public String admin(String app, String user) {
        return sign(app, user, Role.ADMIN, Scopes.admin(app), DEFAULT_VALIDITY);
    }

    /**
     * Returns a token with these scopes; a validity below zero makes one that has expired.
     *
     * @throws IllegalArgumentException if an id cannot stand in a topic
     */
    public String sign(String app, String user, Role role, List<String> scopes, Duration validity) {
        TopicId.check("app id", app);
        TopicId.check("user id", user);
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sub", user);
        claims.put("user_id", user);
        claims.put("app_id", app);
        claims.put("tiledesk_api_roles", role.claim);
        claims.put("aud", List.of("rabbitmq"));
        claims.put("scope", List.copyOf(scopes));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(validity).getEpochSecond());
        // Back ends look for the key id here; the broker looks in the header, finds none and takes its default key.
        claims.put("kid", "tiledesk-key");
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
        JWSObject token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("The token could not be signed.", e);
        }
        return token.serialize();
    }
}

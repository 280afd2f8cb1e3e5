package chat21.observer.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.text.ParseException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEProcessor;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;

import chat21.observer.protocol.Ids;

/**
 * Checks tokens as the broker does, so that who is let in there is let in here: HS256 with the shared key, RS256 with
 * published keys; signature, audience, times and subject. Types and claims that mean nothing here are left alone.
 */
public final class TokenCheck {

    private static final int LEAST_KEY_BYTES = 32;
    private static final int MAX_TOKEN_CHARACTERS = 16_384;

    private final AuthSettings settings;
    private final TokenTimes times;
    private final DefaultJOSEProcessor<SecurityContext> processor = new DefaultJOSEProcessor<>();

    /**
     * A check by these settings.
     *
     * @param published the public keys of RS256 tokens, or null
     */
    public TokenCheck(AuthSettings settings, JWKSource<SecurityContext> published) {
        this.settings = settings;
        this.times = new TokenTimes(Clock.systemUTC(), settings.requiresExpiry());
        List<Key> shared = settings.takesSharedKey() ? List.of(shared(settings.key())) : List.of();
        JWSKeySelector<SecurityContext> keys =
                published == null ? null : new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, published);
        // Each algorithm has its own keys, so that a public key never counts as a shared one.
        processor.setJWSKeySelector((header, context) -> {
            if (JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
                return namesSharedKey(header) ? shared : List.of();
            }
            return keys == null ? List.of() : keys.selectJWSKeys(header, context);
        });
        processor.setJWSTypeVerifier((type, context) -> { });
    }

    /**
     * Who the token says that calls.
     *
     * @throws Unauthorized if the token does not hold
     */
    public Caller check(String token) {
        if (token == null || token.isEmpty() || token.length() > MAX_TOKEN_CHARACTERS) {
            throw new Unauthorized();
        }
        try {
            Map<String, Object> claims = processor.process(JWSObject.parse(token), null).toJSONObject();
            String user = claims == null ? null : subject(claims.get("sub"));
            if (user == null || !Ids.isValid(user) || !isForUs(claims.get("aud")) || !times.hold(claims)) {
                throw new Unauthorized();
            }
            String app = claims.get("app_id") instanceof String id ? id : "";
            return new Caller(app, user, isAdmin(claims.get("tiledesk_api_roles")), claims);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new Unauthorized();
        }
    }

    // Back ends whose users have numbers write them as numbers.
    private static String subject(Object claim) {
        return claim instanceof String || claim instanceof Long || claim instanceof Integer ? claim.toString() : null;
    }

    private boolean namesSharedKey(JWSHeader header) {
        return header.getKeyID() == null || header.getKeyID().equals(settings.keyId());
    }

    // A text may name several, as the broker reads it.
    private boolean isForUs(Object audience) {
        if (audience instanceof String text) {
            return Arrays.asList(text.split(" ")).contains(settings.audience());
        }
        return audience instanceof Collection<?> list && list.contains(settings.audience());
    }

    // HMAC fills a short key up with zeros (RFC 2104), so filling it up here changes no signature; the library itself
    // refuses keys under 256 bits, and existing deployments have them.
    private static Key shared(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return new SecretKeySpec(Arrays.copyOf(bytes, Math.max(bytes.length, LEAST_KEY_BYTES)), "HmacSHA256");
    }

    private static boolean isAdmin(Object roles) {
        if (roles instanceof String text) {
            return Arrays.stream(text.split(",")).map(String::strip).anyMatch("admin"::equals);
        }
        return roles instanceof Collection<?> list && list.contains("admin");
    }
}

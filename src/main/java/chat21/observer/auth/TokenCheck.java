package chat21.observer.auth;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import chat21.observer.topic.Ids;

/** Checks tokens: HS256 with the shared key, RS256 with published keys; signature, expiry, audience and subject. */
public final class TokenCheck {

    private static final int LEAST_KEY_BYTES = 32;
    private static final int MAX_TOKEN_CHARACTERS = 16_384;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * A check by these settings.
     *
     * @param published the public keys of RS256 tokens, or null
     */
    public TokenCheck(AuthSettings settings, JWKSource<SecurityContext> published) {
        JWSKeySelector<SecurityContext> shared = settings.takesSharedKey() ? shared(settings.key()) : null;
        JWSKeySelector<SecurityContext> keys =
                published == null ? null : new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, published);
        // Each algorithm has its own keys, so that a public key never counts as a shared one.
        processor.setJWSKeySelector((header, context) -> {
            JWSKeySelector<SecurityContext> selector = JWSAlgorithm.HS256.equals(header.getAlgorithm()) ? shared : keys;
            return selector == null ? java.util.List.of() : selector.selectJWSKeys(header, context);
        });
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                Set.of(settings.audience()), null, Set.of("exp", "sub"), Set.of());
        claims.setMaxClockSkew(0);
        processor.setJWTClaimsSetVerifier(claims);
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
            JWTClaimsSet claims = processor.process(SignedJWT.parse(token), null);
            String user = claims.getSubject();
            if (!Ids.isValid(user)) {
                throw new Unauthorized();
            }
            String app = claims.getClaim("app_id") instanceof String id ? id : "";
            Map<String, Object> all = claims.toJSONObject();
            return new Caller(app, user, isAdmin(claims.getClaim("tiledesk_api_roles")), all);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new Unauthorized();
        }
    }

    // HMAC fills a short key up with zeros (RFC 2104), so filling it up here changes no signature; the library itself
    // refuses keys under 256 bits, and existing deployments have them.
    private static JWSKeySelector<SecurityContext> shared(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] filled = Arrays.copyOf(bytes, Math.max(bytes.length, LEAST_KEY_BYTES));
        return new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableSecret<>(filled));
    }

    private static boolean isAdmin(Object roles) {
        if (roles instanceof String text) {
            return Arrays.stream(text.split(",")).map(String::strip).anyMatch("admin"::equals);
        }
        return roles instanceof Collection<?> list && list.contains("admin");
    }
}

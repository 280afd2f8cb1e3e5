package chat21.observer.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.RsaKeys;

class TokenCheckTest {

    private static final AuthSettings SHARED = new AuthSettings("tokenKey", "", "rabbitmq");

    private final TokenCheck check = new TokenCheck(SHARED, null);

    @ParameterizedTest
    @ValueSource(strings = {"k", "tokenKey", "exactly-thirty-two-characters-.-", "a key that is longer than 256 bits, and more"})
    void keysOfAnyLengthWork(String key) {
        String token = new TokenSigner(key).user("tilechat", "alice");

        Caller caller = new TokenCheck(new AuthSettings(key, "", "rabbitmq"), null).check(token);

        assertThat(caller.app()).isEqualTo("tilechat");
        assertThat(caller.user()).isEqualTo("alice");
        assertThat(caller.admin()).isFalse();
    }

    @Test
    void theAdminRoleComesFromTheRolesClaim() throws Exception {
        assertThat(check.check(new TokenSigner("tokenKey").admin("tilechat", "back-end")).admin()).isTrue();
        assertThat(check.check(signed(c -> c.claim("tiledesk_api_roles", "user, admin"))).admin()).isTrue();
        assertThat(check.check(signed(c -> c.claim("tiledesk_api_roles", List.of("admin")))).admin()).isTrue();
        assertThat(check.check(signed(c -> c.claim("tiledesk_api_roles", "superadmin"))).admin()).isFalse();
        assertThat(check.check(signed(c -> c.claim("tiledesk_api_roles", null))).admin()).isFalse();
    }

    @Test
    void theAudienceMayBeOneOfSeveral() throws Exception {
        assertThat(check.check(signed(c -> c.audience(List.of("other", "rabbitmq")))).user()).isEqualTo("alice");
    }

    @Test
    void whatDoesNotHoldIsRefused() throws Exception {
        refuses(null);
        refuses("");
        refuses("guest");
        refuses("a.b.c");
        refuses(new PlainJWT(claims(c -> { })).serialize());
        refuses(new TokenSigner("anotherKey").user("tilechat", "alice"));
        refuses(signed(c -> c.expirationTime(Date.from(Instant.now().minusSeconds(2)))));
        refuses(signed(c -> c.expirationTime(null)));
        refuses(signed(c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(90)))));
        refuses(signed(c -> c.audience("elsewhere")));
        refuses(signed(c -> c.audience(List.of())));
        refuses(signed(c -> c.subject(null)));
        refuses(signed(c -> c.subject("")));
        refuses(signed(c -> c.subject("al.ice")));
        String token = signed(c -> { });
        refuses(token.substring(0, token.lastIndexOf('.') + 1));
    }

    @Test
    void timesAreReadHoweverTheyAreWritten() throws Exception {
        long now = Instant.now().getEpochSecond();
        assertThat(check.check(json("\"exp\":\"" + (now + 60) + "\"")).user()).isEqualTo("alice");
        assertThat(check.check(json("\"exp\":" + (now + 60) + ".5,\"nbf\":" + (now + 5))).user()).isEqualTo("alice");
        assertThat(check.check(json("\"exp\":99999999999999999999,\"iat\":\"then\",\"jti\":5")).user()).isEqualTo("alice");

        refuses(json("\"exp\":\"" + (now - 60) + "\""));
        refuses(json("\"exp\":" + (now - 60) + ".5"));
        for (String nothing : List.of("true", "\"\"", "\"soon\"", "null", "[]", "{}", "1e2147483647", "0", "-1", "\"1e999999999\"")) {
            refuses(json("\"exp\":" + nothing));
        }
        refuses(json("\"exp\":" + (now + 60) + ",\"nbf\":" + (now + 600)));
    }

    @Test
    void aTokenWithoutExpiryIsTakenWhereThatIsAsked() throws Exception {
        TokenCheck lax = new TokenCheck(new AuthSettings("tokenKey", "tiledesk-key", "", "rabbitmq", false), null);
        long now = Instant.now().getEpochSecond();

        assertThat(lax.check(json("\"a\":1")).user()).isEqualTo("alice");
        assertThat(lax.check(json("\"exp\":" + (now + 60) + ",\"nbf\":" + (now + 600))).user()).isEqualTo("alice");
        refuses(lax, json("\"exp\":" + (now - 60)));
        refuses(lax, json("\"exp\":\"" + (now - 60) + "\""));
    }

    @Test
    void aUserMayHaveANumberForAnId() throws Exception {
        TokenCheck lax = new TokenCheck(new AuthSettings("tokenKey", "tiledesk-key", "", "rabbitmq", false), null);

        assertThat(lax.check(jsonOf("4711", "\"a\":1")).user()).isEqualTo("4711");
        refuses(lax, jsonOf("47.5", "\"a\":1"));
        refuses(lax, jsonOf("true", "\"a\":1"));
        refuses(lax, jsonOf("[\"alice\"]", "\"a\":1"));
        refuses(lax, jsonOf("null", "\"a\":1"));
    }

    private static String json(String claims) throws Exception {
        return jsonOf("\"alice\"", claims);
    }

    private static String jsonOf(String subject, String claims) throws Exception {
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256),
                new Payload("{\"sub\":" + subject + ",\"aud\":\"rabbitmq\"," + claims + "}"));
        token.sign(new MACSigner(Arrays.copyOf("tokenKey".getBytes(StandardCharsets.UTF_8), 32)));
        return token.serialize();
    }

    @Test
    void publishedKeysVerifyAndNoSharedKeyCountsWhereNoneIsGiven(@TempDir Path folder) throws Exception {
        RSAKey key = jwk(RsaKeys.RIGHT);
        Path file = folder.resolve("jwks.json");
        Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
        AuthSettings settings = new AuthSettings("", file.toString(), "rabbitmq");
        TokenCheck byKeys = new TokenCheck(settings, PublishedKeys.of(settings));

        assertThat(byKeys.check(sign(JWSAlgorithm.RS256, "one", new RSASSASigner(key))).user()).isEqualTo("alice");
        RSAKey stranger = jwk(RsaKeys.STRANGE);
        refuses(byKeys, sign(JWSAlgorithm.RS256, "one", new RSASSASigner(stranger)));
        refuses(byKeys, signed(c -> { }));
        // The public key, taken as if it were a shared one.
        byte[] published = key.toRSAPublicKey().getEncoded();
        refuses(byKeys, sign(JWSAlgorithm.HS256, "one", new MACSigner(published)));
    }

    @Test
    void publishedKeysLiveBesideASharedKeyOfOnesOwn(@TempDir Path folder) throws Exception {
        RSAKey key = jwk(RsaKeys.RIGHT);
        Path file = folder.resolve("jwks.json");
        Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
        AuthSettings settings = new AuthSettings("our own", file.toString(), "rabbitmq");
        TokenCheck both = new TokenCheck(settings, PublishedKeys.of(settings));

        assertThat(both.check(new TokenSigner("our own").user("tilechat", "alice")).user()).isEqualTo("alice");
        assertThat(both.check(sign(JWSAlgorithm.RS256, "one", new RSASSASigner(key))).user()).isEqualTo("alice");
    }

    private static RSAKey jwk(KeyPair pair) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey(pair.getPrivate()).keyID("one").build();
    }

    private void refuses(String token) {
        refuses(check, token);
    }

    private static void refuses(TokenCheck check, String token) {
        assertThatThrownBy(() -> check.check(token)).isInstanceOf(Unauthorized.class);
    }

    private static String signed(Consumer<JWTClaimsSet.Builder> change) throws Exception {
        byte[] key = Arrays.copyOf("tokenKey".getBytes(StandardCharsets.UTF_8), 32);
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(change));
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    private static String sign(JWSAlgorithm algorithm, String keyId, JWSSigner signer) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims(c -> { }));
        token.sign(signer);
        return token.serialize();
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().subject("alice").audience("rabbitmq")
                .claim("app_id", "tilechat").expirationTime(Date.from(Instant.now().plusSeconds(60)));
        change.accept(claims);
        return claims.build();
    }
}

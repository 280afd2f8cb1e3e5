package chat21.observer.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat21.observer.api.token.TokenSigner.Role;
import chat21.observer.protocol.Scopes;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokenSignerTest {
    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");
    private static final String LONG_KEY = "a key of more than two hundred and fifty-six bits";

    @Test
    void aTokenSaysWhoItsBearerIsAndWhatTheBrokerShouldAllow() throws Exception {
        var claims = SignedJWT.parse(signer("tokenKey").user("tilechat", "alice")).getJWTClaimsSet();

        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getStringClaim("user_id")).isEqualTo("alice");
        assertThat(claims.getStringClaim("app_id")).isEqualTo("tilechat");
        assertThat(claims.getStringClaim("tiledesk_api_roles")).isEqualTo("user");
        assertThat(claims.getAudience()).containsExactly("rabbitmq");
        assertThat(claims.getStringListClaim("scope")).isEqualTo(Scopes.least("tilechat", "alice"));
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(30))));
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getStringClaim("kid")).isEqualTo("tiledesk-key");
    }

    @Test
    void theKeyIdStandsInThePayloadAndNotInTheHeader() throws Exception {
        var header = SignedJWT.parse(signer("tokenKey").user("tilechat", "alice")).getHeader();

        assertThat(header.getKeyID()).isNull();
        assertThat(header.getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
    }

    @Test
    void theAudienceIsAList() {
        String payload = signer("tokenKey").user("tilechat", "alice").split("\\.")[1];

        assertThat(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .contains("\"aud\":[\"rabbitmq\"]");
    }

    @Test
    void aStockLibraryVerifiesTheSignature() throws Exception {
        var token = SignedJWT.parse(signer(LONG_KEY).user("tilechat", "alice"));

        assertThat(token.verify(new MACVerifier(LONG_KEY))).isTrue();
        assertThat(token.verify(new MACVerifier("another " + LONG_KEY))).isFalse();
    }

    @Test
    void aKeyOfEightBytesSignsAsHs256Does() throws Exception {
        String[] parts = signer("tokenKey").user("tilechat", "alice").split("\\.");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("tokenKey".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));

        byte[] expected = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

        assertThat(Base64.getUrlDecoder().decode(parts[2])).isEqualTo(expected);
    }

    @Test
    void anAdminsTokenSaysSo() throws Exception {
        var claims = SignedJWT.parse(signer("tokenKey").admin("tilechat", "back-end")).getJWTClaimsSet();

        assertThat(claims.getStringClaim("tiledesk_api_roles")).isEqualTo("admin");
        assertThat(claims.getStringListClaim("scope")).isEqualTo(Scopes.admin("tilechat"));
    }

    @Test
    void noTwoTokensHaveTheSameId() throws Exception {
        var signer = signer("tokenKey");

        assertThat(SignedJWT.parse(signer.user("tilechat", "alice")).getJWTClaimsSet().getJWTID())
                .isNotEqualTo(SignedJWT.parse(signer.user("tilechat", "alice")).getJWTClaimsSet().getJWTID());
    }

    @Test
    void anIdThatWouldBreakATopicIsNotSigned() {
        var signer = signer("tokenKey");

        assertThatThrownBy(() -> signer.sign("tilechat", "a.b", Role.USER, List.of(), Duration.ofDays(1)))
                .hasMessageContaining("The user id holds '.'");
        assertThatThrownBy(() -> signer.sign("a/b", "alice", Role.USER, List.of(), Duration.ofDays(1)))
                .hasMessageContaining("The app id holds '/'");
    }

    @Test
    void anEmptyKeySignsNothing() {
        assertThatThrownBy(() -> new TokenSigner("")).hasMessageContaining("JWT_KEY");
    }

    private static TokenSigner signer(String key) {
        return new TokenSigner(key, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}

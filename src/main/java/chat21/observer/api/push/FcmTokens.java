package chat21.observer.api.push;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import chat21.observer.http.BoundedCall;
import chat21.observer.http.LimitedBody;
import chat21.observer.settings.address.WebAddress;

/** The access tokens of a service account: one is fetched when it is needed and kept until shortly before it ends. */
final class FcmTokens {

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Duration VALIDITY = Duration.ofMinutes(60);
    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final Duration IN_VAIN = Duration.ofMinutes(1);
    private static final int MAX_BODY_BYTES = 65_536;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FcmSettings settings;
    private final HttpClient http;
    private final Duration timeout;
    private final RSASSASigner signer;
    private String token;
    private Instant endsAt = Instant.MIN;
    private Instant notReplacedUntil = Instant.MIN;

    /** @throws IllegalArgumentException if the private key cannot be read */
    FcmTokens(FcmSettings settings, HttpClient http, Duration timeout) {
        this.settings = settings;
        this.http = http;
        this.timeout = timeout;
        this.signer = new RSASSASigner(privateKey(settings.privateKey()));
    }

    synchronized String get() throws IOException, InterruptedException {
        if (Instant.now().isAfter(endsAt)) {
            fetch();
        }
        return token;
    }

    /** Whether there is another access token to try instead of one that was not taken. */
    synchronized boolean replaces(String refused) {
        if (!refused.equals(token)) {
            return true;
        }
        if (Instant.now().isBefore(notReplacedUntil)) {
            return false;
        }
        endsAt = Instant.MIN;
        return true;
    }

    /** Says that a new access token changed nothing: something else is not taken, such as the certificate for Apple. */
    synchronized void wereNotTheCause() {
        notReplacedUntil = Instant.now().plus(IN_VAIN);
    }

    private static PrivateKey privateKey(String pem) {
        // Environment variables hold the key in one line, and what follows it may not have survived.
        String base64 = pem.replaceAll("(?s).*-----BEGIN [A-Z ]+-----|-----END .*", "").replace("\\n", "")
                .replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not a private RSA key as PEM, PKCS 8", e);
        }
    }

    private void fetch() throws IOException, InterruptedException {
        String form = "grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion=" + assertion();
        HttpResponse<byte[]> answer = BoundedCall.send(http, WebAddress.of(settings.tokens()).request()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build(), LimitedBody.of(MAX_BODY_BYTES), timeout);
        JsonNode json = answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.createObjectNode();
        if (!json.path("access_token").isTextual()) {
            throw PushFailure.answered("no access token was given", answer);
        }
        token = json.path("access_token").textValue();
        endsAt = Instant.now().plusSeconds(json.path("expires_in").asLong(3_600)).minus(MARGIN);
    }

    private String assertion() throws IOException {
        Instant now = Instant.now();
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), new JWTClaimsSet.Builder()
                .issuer(settings.clientEmail()).audience(settings.tokens()).claim("scope", SCOPE)
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(VALIDITY))).build());
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IOException("the service account's key cannot sign", e);
        }
        return jwt.serialize();
    }
}

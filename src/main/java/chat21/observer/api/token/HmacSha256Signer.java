package chat21.observer.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs HS256 with a key of any length: existing deployments have keys that Nimbus' own signer finds too short. */
final class HmacSha256Signer implements JWSSigner {
    private final SecretKeySpec key;
    private final JCAContext context = new JCAContext();

    HmacSha256Signer(String key) {
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("The key that signs tokens (JWT_KEY) is empty.");
        }
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
        if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
            throw new JOSEException("Only HS256 is signed here, not " + header.getAlgorithm() + ".");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64URL.encode(mac.doFinal(input));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("This Java has no HmacSHA256.", e);
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.HS256);
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}

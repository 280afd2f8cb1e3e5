package chat21.observer.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

import javax.net.ssl.X509ExtendedKeyManager;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;

/**
 * A certificate by which this application shows who it is, in two files that others renew.
 *
 * @param certificate PEM: the certificate, and after it those between it and the authority
 * @param key         PEM: its private key, RSA or EC, without a password
 */
public record OwnCertificate(Path certificate, Path key) {

    private static final byte[] PROBE = "chat21".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /**
     * What the files hold now.
     *
     * @throws IOException              if one of them cannot be read
     * @throws IllegalArgumentException if they are not PEM, or the key is not that of the certificate; the message says which
     */
    public PemKeyCertOptions read() throws IOException {
        PemKeyCertOptions read = new PemKeyCertOptions().addCertValue(Buffer.buffer(Files.readAllBytes(certificate)))
                .addKeyValue(Buffer.buffer(Files.readAllBytes(key)));
        keys(read);
        return read;
    }

    /**
     * The certificate and its key as they were read, for handshakes.
     *
     * @throws IllegalArgumentException as above
     */
    public X509ExtendedKeyManager keys(PemKeyCertOptions read) {
        X509ExtendedKeyManager keys;
        boolean fit;
        try {
            KeyStore store = read.loadKeyStore(null);
            keys = (X509ExtendedKeyManager) read.getKeyManagerFactory(null).getKeyManagers()[0];
            String alias = store.aliases().nextElement();
            fit = fit(keys.getPrivateKey(alias), keys.getCertificateChain(alias)[0]);
        } catch (Exception e) {
            throw new IllegalArgumentException("no certificate and private key can be read from " + certificate + " and "
                    + key + ": RSA or EC in PEM without a password is needed (" + e.getMessage() + ")", e);
        }
        if (!fit) {
            throw new IllegalArgumentException("the private key in " + key + " is not that of the certificate in " + certificate);
        }
        return keys;
    }

    // A key store takes any pair, and then each handshake fails.
    private static boolean fit(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
        Signature signature = Signature.getInstance("SHA256with" + algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(PROBE);
        return signature.verify(signed);
    }
}

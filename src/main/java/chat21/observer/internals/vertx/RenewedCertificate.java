package chat21.observer.internals.vertx;

import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.tls.OwnCertificate;

/**
 * The certificate that a running server shows, as its files hold it now: connections that begin after a change see the new
 * one, and open ones go on. While the files do not fit together, as in the midst of being written, the last one that did
 * counts. Vert.x can change the certificate of a server itself, but drops who comes meanwhile.
 */
final class RenewedCertificate extends X509ExtendedKeyManager {

    private static final long INTERVAL_MS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(RenewedCertificate.class);

    private final OwnCertificate certificate;
    private PemKeyCertOptions current;
    private volatile X509ExtendedKeyManager keys;
    private String problem;

    RenewedCertificate(OwnCertificate certificate) throws IOException {
        this.certificate = certificate;
        this.current = certificate.read();
        this.keys = certificate.keys(current);
    }

    /** Looks again and again, until that Vert.x ends. */
    void follow(Vertx vertx) {
        vertx.setTimer(INTERVAL_MS, id -> vertx.executeBlocking(this::look).onComplete(done -> follow(vertx)));
    }

    private Void look() {
        try {
            PemKeyCertOptions read = certificate.read();
            if (!same(read, current)) {
                keys = certificate.keys(read);
                current = read;
                LOG.info("The REST API shows its new certificate.");
            }
            problem = null;
        } catch (IOException e) {
            tell(e.getMessage() + " cannot be read");
        } catch (IllegalArgumentException e) {
            tell(e.getMessage());
        }
        return null;
    }

    // Each once, since it is looked at every other second.
    private void tell(String text) {
        if (!text.equals(problem)) {
            LOG.warn("The REST API keeps the certificate that it has: {}", text);
        }
        problem = text;
    }

    private static boolean same(PemKeyCertOptions one, PemKeyCertOptions other) {
        return one.getCertValues().equals(other.getCertValues()) && one.getKeyValues().equals(other.getKeyValues());
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return keys.chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return keys.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return keys.getServerAliases(keyType, issuers);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return keys.chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return keys.getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivateKey(alias);
    }
}

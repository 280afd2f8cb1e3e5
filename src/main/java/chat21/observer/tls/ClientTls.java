package chat21.observer.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this application looks at the certificates of those that it connects to, and which one it shows them. The files are
 * read for each connection, so a renewed one counts from the next on; if they cannot be read then, what they held before does.
 */
public final class ClientTls {

    private static final Logger LOG = LoggerFactory.getLogger(ClientTls.class);

    private final Path authorities;
    private final OwnCertificate own;
    private volatile SSLContext last;

    private ClientTls(Path authorities, OwnCertificate own) {
        this.authorities = authorities;
        this.own = own;
    }

    /** TLS that trusts whom Java trusts, and shows no certificate. */
    public static ClientTls usual() {
        return new ClientTls(null, null);
    }

    /**
     * TLS by files, each of which may be empty for none.
     *
     * @param authorities certificates of authorities to trust beside Java's, PEM
     * @param certificate the certificate to show, PEM
     * @param key         its private key, PEM
     * @throws IllegalArgumentException if what they hold is not that; the message says what is wrong with which file
     */
    public static ClientTls of(String authorities, String certificate, String key) {
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new IllegalArgumentException("a certificate to show needs its private key, and a private key its certificate");
        }
        ClientTls tls = new ClientTls(authorities.isEmpty() ? null : Path.of(authorities),
                certificate.isEmpty() ? null : new OwnCertificate(Path.of(certificate), Path.of(key)));
        try {
            tls.last = tls.read();
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + e.getMessage() + " cannot be read", e);
        }
        return tls;
    }

    /**
     * TLS by the files of the environment: TLS_CA_FILE, RABBITMQ_CERTIFICATE_FILE and RABBITMQ_KEY_FILE.
     *
     * @throws IllegalArgumentException as above, with a whole sentence
     */
    public static ClientTls of(Map<String, String> environment) {
        try {
            return of(environment.getOrDefault("TLS_CA_FILE", ""), environment.getOrDefault("RABBITMQ_CERTIFICATE_FILE", ""),
                    environment.getOrDefault("RABBITMQ_KEY_FILE", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("TLS_CA_FILE, RABBITMQ_CERTIFICATE_FILE or RABBITMQ_KEY_FILE does not work: "
                    + e.getMessage() + ".", e);
        }
    }

    /** What a new connection goes by. */
    public SSLContext context() {
        try {
            last = read();
        } catch (IOException | IllegalArgumentException e) {
            if (last == null) {
                throw new IllegalStateException(e);
            }
            LOG.warn("The certificates for connections to others stay as they were: {}", e.getMessage());
        }
        return last;
    }

    private SSLContext read() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : new KeyManager[] {own.keys(own.read())},
                    authorities == null ? null : Authorities.with(authorities), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificates cannot be used: " + e.getMessage(), e);
        }
    }
}

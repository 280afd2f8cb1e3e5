package chat21.observer.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities whose word counts for who somebody is: those that Java knows, and those of a file. */
final class Authorities {

    private Authorities() {
    }

    /**
     * The authorities of a file beside Java's.
     *
     * @param file certificates, PEM
     * @throws IllegalArgumentException if there are none in it
     */
    static TrustManager[] with(Path file) throws IOException, GeneralSecurityException {
        List<Certificate> all = new ArrayList<>(of(file));
        for (TrustManager usual : managers(null)) {
            all.addAll(Arrays.asList(((X509TrustManager) usual).getAcceptedIssuers()));
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate each : all) {
            store.setCertificateEntry(String.valueOf(store.size()), each);
        }
        return managers(store);
    }

    private static List<X509Certificate> of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast).toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("no certificates can be read from " + file + ": PEM is needed", e);
        }
        throw new IllegalArgumentException("there is no certificate in " + file + ": PEM is needed");
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}

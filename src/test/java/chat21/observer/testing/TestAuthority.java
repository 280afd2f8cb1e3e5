package chat21.observer.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import chat21.observer.tls.OwnCertificate;

/** An authority that signs certificates for tests: right ones, and ones that are wrong in one way. */
public final class TestAuthority {

    private static final List<String> NEW_KEY =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes");

    private final Path folder;

    private TestAuthority(Path folder) {
        this.folder = folder;
    }

    /** A new one, which nobody knows. */
    public static TestAuthority unknown() {
        try {
            Path all = Files.createDirectories(Path.of("target/test-authorities").toAbsolutePath());
            TestAuthority authority = new TestAuthority(Files.createTempDirectory(all, "ca"));
            authority.openssl("req", "-x509", "-days", "2", "-subj", "/CN=" + UUID.randomUUID(), "-keyout", "ca.key",
                    "-out", "ca.pem");
            return authority;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that {@code bin/broker} made in a folder. */
    static TestAuthority in(Path folder) {
        return new TestAuthority(folder);
    }

    /** Its own certificate. */
    public Path file() {
        return folder.resolve("ca.pem");
    }

    /** What trusts it and nobody else, as a client's own settings would. */
    public TrustManagerFactory trusted() {
        try (InputStream in = Files.newInputStream(file())) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same for clients of HTTP. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate that is as it should be on this machine. */
    public OwnCertificate right() {
        return sign("DNS:localhost,IP:127.0.0.1", 2);
    }

    /** One that ended yesterday. */
    public OwnCertificate expired() {
        return sign("DNS:localhost,IP:127.0.0.1", -1);
    }

    /** One of another machine. */
    public OwnCertificate ofAnotherName() {
        return sign("DNS:elsewhere.example", 2);
    }

    private OwnCertificate sign(String names, int days) {
        String name = UUID.randomUUID().toString();
        openssl("req", "-subj", "/CN=" + name, "-addext", "subjectAltName=" + names, "-keyout", name + ".key", "-out", name + ".csr");
        run(List.of("openssl", "x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-copy_extensions", "copy",
                "-days", String.valueOf(days), "-out", name + ".pem"));
        return new OwnCertificate(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    }

    private void openssl(String request, String... more) {
        List<String> all = new ArrayList<>(List.of("openssl", request));
        all.addAll(NEW_KEY);
        all.addAll(List.of(more));
        run(all);
    }

    private void run(List<String> command) {
        try {
            Path output = folder.resolve("openssl.log");
            int code = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + " failed: " + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

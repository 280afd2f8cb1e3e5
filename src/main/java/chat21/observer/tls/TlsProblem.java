package chat21.observer.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;

import javax.net.ssl.SSLException;

/** Says in words of people why the other side's certificate is not taken. */
public final class TlsProblem {

    private TlsProblem() {
    }

    /** What is wrong with it, fit to follow a colon; empty if that is not what was thrown. */
    public static Optional<String> in(Throwable thrown) {
        String found = null;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String each = sentence(t);
            // The innermost knows best.
            found = each == null ? found : each;
        }
        return Optional.ofNullable(found);
    }

    private static String sentence(Throwable t) {
        if (t instanceof CertificateExpiredException) {
            return "its certificate has expired (" + t.getMessage() + ")";
        }
        if (t instanceof CertificateNotYetValidException) {
            return "its certificate is not valid yet (" + t.getMessage() + ")";
        }
        if (t instanceof CertPathBuilderException) {
            return "its certificate is of no authority that is trusted; name yours with TLS_CA_FILE";
        }
        if (t instanceof CertificateException && String.valueOf(t.getMessage()).matches("No (subject|name).*")) {
            return "its certificate is that of another name (" + t.getMessage() + ")";
        }
        return t instanceof SSLException ? "TLS fails (" + t.getMessage() + ")" : null;
    }
}

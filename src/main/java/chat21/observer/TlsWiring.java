package chat21.observer;

import java.util.List;

import javax.net.ssl.SSLContext;

import chat21.observer.settings.Settings;
import chat21.observer.tls.ClientTls;

/** Says whom this application trusts where it connects to others. */
final class TlsWiring {

    private TlsWiring() {
    }

    /**
     * That of the settings, for the brokers. What calls over HTTP goes by it too, without showing a certificate: webhooks,
     * push, contacts, public keys and the broker's management.
     */
    static ClientTls of(Settings settings) {
        String authorities = settings.text("chat21.tls.ca-file");
        if (!authorities.isEmpty()) {
            SSLContext.setDefault(read(settings, "chat21.tls.ca-file", List.of(authorities, "", "")).context());
        }
        return read(settings, "chat21.broker.certificate-file", List.of(authorities,
                settings.text("chat21.broker.certificate-file"), settings.text("chat21.broker.key-file")));
    }

    private static ClientTls read(Settings settings, String key, List<String> files) {
        try {
            return ClientTls.of(files.get(0), files.get(1), files.get(2));
        } catch (IllegalArgumentException e) {
            throw settings.wrong(key, "does not work: " + e.getMessage());
        }
    }
}

package chat21.observer.broker;

import java.net.URI;

/**
 * Where the broker is.
 *
 * @param uri              AMQP URI with user, password and virtual host
 * @param heartbeatSeconds how often both sides show that they are alive, unless the URI says otherwise; who shows nothing
 *                         for three times as long is given up
 */
public record BrokerSettings(String uri, int heartbeatSeconds) {

    private static final int DEFAULT_HEARTBEAT_SECONDS = 5;

    /** With the default heartbeat. */
    public BrokerSettings(String uri) {
        this(uri, DEFAULT_HEARTBEAT_SECONDS);
    }

    /** The address without user and password, fit for logs. */
    public String address() {
        try {
            URI parsed = new URI(uri);
            return parsed.getHost() + ":" + (parsed.getPort() < 0 ? 5672 : parsed.getPort());
        } catch (java.net.URISyntaxException e) {
            return "(unreadable address)";
        }
    }
}

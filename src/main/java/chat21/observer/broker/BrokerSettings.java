package chat21.observer.broker;

import java.net.URI;

/**
 * Where the broker is.
 *
 * @param uri AMQP URI with user, password and virtual host
 */
public record BrokerSettings(String uri) {

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

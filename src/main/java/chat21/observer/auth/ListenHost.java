package chat21.observer.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.StartFailure;

/** The address that the REST API listens on: with the default key, which everybody knows, only loopback. */
public final class ListenHost {

    private static final Logger LOG = LoggerFactory.getLogger(ListenHost.class);
    private static final String ALL = "0.0.0.0";
    private static final String LOOPBACK = "127.0.0.1";

    private ListenHost() {
    }

    /**
     * The address to listen on.
     *
     * @param host what the settings say; empty for all addresses, or for loopback with the default key
     * @throws StartFailure if the default key would serve another address than loopback
     */
    public static String of(String host, AuthSettings auth) {
        if (!auth.isOpenToAnybody()) {
            return host.isEmpty() ? ALL : host;
        }
        if (!host.isEmpty() && !isLoopback(host)) {
            throw new StartFailure("The REST API would listen on " + host + " with the default key, with which anybody "
                    + "can sign tokens: set JWT_KEY, or leave REST_HOST empty.", null);
        }
        LOG.warn("THE DEFAULT JWT_KEY IS IN USE: anybody can sign tokens, so the REST API serves this machine only. "
                + "Set JWT_KEY to serve others.");
        return host.isEmpty() ? LOOPBACK : host;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartFailure("The REST API cannot listen on REST_HOST " + host + ": there is no such address.", e);
        }
    }
}

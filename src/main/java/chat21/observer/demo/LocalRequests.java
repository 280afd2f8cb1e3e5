package chat21.observer.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;

import chat21.observer.auth.AuthSettings;

/**
 * Tells whom the page may trust without a token: nobody, unless the REST API listens on loopback with the default key,
 * with which anybody on this machine can sign tokens anyway; and then only requests of this machine, made to it under a
 * local name. A page of another site, whose name was made to point here, comes with that site's name in Host; a reverse
 * proxy comes with X-Forwarded headers.
 */
final class LocalRequests {

    private static final Pattern LOCAL_AUTHORITY =
            Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private final boolean open;

    /** @param host the address that the REST API listens on */
    LocalRequests(AuthSettings auth, String host) {
        this.open = auth.isOpenToAnybody() && isLoopback(host);
    }

    /** Whether the request is one of those. */
    boolean contain(HttpServerRequest request) {
        return open && contain(request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                request.getHeader("Host"), request.getHeader("Origin"),
                request.headers().contains("Forwarded") || request.headers().contains("X-Forwarded-For"));
    }

    boolean contain(String remoteAddress, String host, String origin, boolean forwarded) {
        return open && !forwarded && remoteAddress != null && isLoopback(remoteAddress)
                && host != null && LOCAL_AUTHORITY.matcher(host).matches()
                && (origin == null || origin.equalsIgnoreCase("http://" + host));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

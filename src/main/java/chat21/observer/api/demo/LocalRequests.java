package chat21.observer.api.demo;

import java.util.List;

import io.vertx.core.http.HttpServerRequest;

import chat21.observer.http.LocalMachine;

/**
 * Tells whom the page may trust without a token: nobody, unless the REST API listens on loopback with a key that was made
 * here to try it and given to nobody; and then only requests of this machine, made to it under a
 * local name. A page of another site, whose name was made to point here, comes with that site's name in Host; a reverse
 * proxy comes with X-Forwarded headers.
 */
final class LocalRequests {

    private final boolean open;
    private final List<String> origins;

    /**
     * @param isOurKey whether the key that tokens are signed with was made here
     * @param host     the address that the REST API listens on
     */
    LocalRequests(boolean isOurKey, String host) {
        this(isOurKey, host, List.of());
    }

    /** @param origins those of pages that count as this machine's own, since the operator has named them */
    LocalRequests(boolean isOurKey, String host, List<String> origins) {
        this.origins = origins.stream().filter(origin -> !origin.equals("*")).toList();
        this.open = isOurKey && LocalMachine.isLoopback(host);
    }

    /** Whether the request is one of those. */
    boolean contain(HttpServerRequest request) {
        return open && contain(request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                LocalMachine.authority(request), origin(request),
                request.headers().contains("Forwarded") || request.headers().contains("X-Forwarded-For"));
    }

    // Over TLS a page of this machine says https of itself, which is the same.
    private static String origin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String host = LocalMachine.authority(request);
        return request.isSSL() && ("https://" + host).equalsIgnoreCase(origin) ? "http://" + host : origin;
    }

    boolean contain(String remoteAddress, String host, String origin, boolean forwarded) {
        return open && !forwarded && remoteAddress != null && LocalMachine.isLoopback(remoteAddress)
                && LocalMachine.isName(host)
                && (origin == null || origin.equalsIgnoreCase("http://" + host) || origins.contains(origin));
    }
}

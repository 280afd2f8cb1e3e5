package chat21.observer.api.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerResponse;

/** What a browser lets the page do: its own files, the REST API and the broker's WebSocket, and nothing else. */
final class PagePolicy {

    private static final Pattern HOST_NAME = Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:]{2,39}\\])(?::[0-9]{1,5})?");

    private final int wsPort;

    PagePolicy(int wsPort) {
        this.wsPort = wsPort;
    }

    /** Adds the headers; the broker is taken to be where the page is, under the name in the request's Host. */
    void apply(String host, HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", contentSecurity(host))
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-cache");
    }

    String contentSecurity(String host) {
        Matcher name = HOST_NAME.matcher(host == null ? "" : host);
        String broker = (name.matches() ? name.group(1) : "localhost") + ":" + wsPort;
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws://"
                + broker + " wss://" + broker + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}

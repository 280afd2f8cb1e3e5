package chat21.observer.api.rest;

import java.util.List;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Says which web pages may call, before anything else is looked at, so that a page can read why it is refused. Callers show
 * who they are by a header alone, so no page is lent the browser's own credentials.
 */
final class Cors implements Handler<RoutingContext> {

    private static final String METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS";
    private static final String HEADERS =
            "Origin, X-Requested-With, Content-Type, Content-Encoding, Accept, Authorization, X-XSRF-Token";
    private static final String READABLE = "Retry-After";
    // Browsers themselves bound it by two hours or less.
    private static final String MAX_AGE_SECONDS = "7200";

    private final List<String> origins;

    /** @param origins those whose pages may call; none named means any */
    Cors(List<String> origins) {
        this.origins = origins;
    }

    @Override
    public void handle(RoutingContext http) {
        String origin = http.request().getHeader("Origin");
        if (origin == null) {
            http.next();
            return;
        }
        HttpServerResponse response = http.response().putHeader("Vary", "Origin");
        if (origins.isEmpty() || origins.contains("*") || origins.contains(origin)) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Expose-Headers", READABLE);
            if (isPreflight(http)) {
                response.putHeader("Access-Control-Allow-Methods", METHODS)
                        .putHeader("Access-Control-Allow-Headers", HEADERS)
                        .putHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
            }
        }
        if (isPreflight(http)) {
            response.setStatusCode(204).end();
        } else {
            http.next();
        }
    }

    private static boolean isPreflight(RoutingContext http) {
        return http.request().method().equals(HttpMethod.OPTIONS)
                && http.request().getHeader("Access-Control-Request-Method") != null;
    }
}

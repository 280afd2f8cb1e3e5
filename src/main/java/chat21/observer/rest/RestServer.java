package chat21.observer.rest;

import java.util.List;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the REST API. What no route answers is answered here, as JSON too. */
final class RestServer {

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
    private static final int LAST = Integer.MAX_VALUE;
    private static final Pattern FORM = Pattern.compile("\\s*(multipart/|application/x-www-form-urlencoded)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private RestServer() {
    }

    /** Starts it and returns its router; the routes add themselves. */
    static VertxPlatformHttpRouter start(CamelContext context, RestSettings settings, MeterRegistry meters)
            throws Exception {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
        configuration.setBindHost(settings.host());
        configuration.setBindPort(settings.port());
        configuration.setMaxBodySize(settings.maxBodyBytes());
        configuration.getBodyHandler().setHandleFileUploads(false);
        configuration.setCors(cors(settings));
        PatientHttpServer server = new PatientHttpServer(configuration, settings.idleTimeoutMs());
        // At once, since the routes ask for its router before the context starts its services.
        server.setCamelContext(context);
        ServiceHelper.startService(server);
        context.addService(server);
        VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(context,
                VertxPlatformHttpRouter.getRouterNameFromPort(settings.port()));
        router.route().order(Integer.MIN_VALUE).handler(RestServer::refuseBrokenEscapes);
        router.route().order(Integer.MIN_VALUE + 1).handler(new RequestLimit(settings.maxRequests(), meters,
                (http, text) -> answer(http, 503, text)));
        router.route().order(Integer.MIN_VALUE + 2).handler(RestServer::leaveFormsUndecoded);
        router.route().order(-1).failureHandler(RestServer::answerFailure);
        router.route().order(LAST).handler(
                http -> answer(http, 404, "There is no such call: " + http.request().method() + " on this path."));
        return router;
    }

    // The router fails where it decodes such an address itself, and then asks nobody what to answer.
    private static void refuseBrokenEscapes(RoutingContext http) {
        if (BROKEN_ESCAPE.matcher(http.request().uri()).find()) {
            answer(http, 400, "The address has a '%' without two hexadecimal digits after it.");
        } else {
            http.next();
        }
    }

    // No call takes a form. The server would decode one all the same, and fail where it comes with a method that has none.
    private static void leaveFormsUndecoded(RoutingContext http) {
        String type = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && FORM.matcher(type).lookingAt()) {
            http.request().headers().remove(HttpHeaders.CONTENT_TYPE);
        }
        http.next();
    }

    private static VertxPlatformHttpServerConfiguration.Cors cors(RestSettings settings) {
        VertxPlatformHttpServerConfiguration.Cors cors = new VertxPlatformHttpServerConfiguration.Cors();
        cors.setEnabled(true);
        cors.setOrigins(settings.origins());
        cors.setMethods(List.of("GET", "POST", "PUT", "DELETE", "OPTIONS"));
        cors.setHeaders(List.of("Origin", "X-Requested-With", "Content-Type", "Accept", "Authorization",
                "X-XSRF-Token"));
        return cors;
    }

    private static void answerFailure(RoutingContext http) {
        int status = http.statusCode() < 400 ? 500 : http.statusCode();
        // What the server itself cannot decode is the caller's mistake.
        if (status == 500 && http.failure() instanceof IllegalArgumentException) {
            status = 400;
        } else if (status == 500) {
            LOG.warn("A request is answered with 500: {}", String.valueOf(http.failure()).lines().findFirst().orElse(""));
        }
        answer(http, status, switch (status) {
            case 413 -> "The body is too large.";
            case 415 -> "Content-Type must be application/json";
            case 400 -> "The request cannot be read.";
            case 503 -> "The server is stopping.";
            default -> "Something went wrong here.";
        });
    }

    private static void answer(RoutingContext http, int status, String text) {
        if (!http.response().headWritten()) {
            http.response().setStatusCode(status).putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(Buffer.buffer(Errors.json("err", text)));
        }
    }
}

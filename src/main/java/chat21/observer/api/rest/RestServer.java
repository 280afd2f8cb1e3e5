package chat21.observer.api.rest;

import java.util.function.Function;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.api.auth.Caller;
import chat21.observer.http.LenientRequests;
import chat21.observer.internals.vertx.Bodies;
import chat21.observer.internals.vertx.Patience;
import chat21.observer.internals.vertx.PatientHttpServer;
import chat21.observer.settings.FreePort;

/** The HTTP server of the REST API. What no route answers is answered here, as JSON too. */
final class RestServer {

    static final String STOPPING = "The server is stopping.";

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
    private static final int FIRST = Integer.MIN_VALUE;
    private static final int LAST = Integer.MAX_VALUE;
    private static final Pattern FORM = Pattern.compile("\\s*(multipart/|application/x-www-form-urlencoded)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private RestServer() {
    }

    /**
     * Starts it and returns its router; the routes add themselves.
     *
     * @param callers says of a request with a body who makes it, or fails
     */
    static VertxPlatformHttpRouter start(CamelContext context, RestSettings settings,
            Function<HttpServerRequest, Caller> callers, MeterRegistry meters) throws Exception {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
        configuration.setBindHost(settings.host());
        configuration.setBindPort(settings.port());
        configuration.setMaxBodySize(settings.maxBodyBytes());
        configuration.getBodyHandler().setHandleFileUploads(false);
        PatientHttpServer server = new PatientHttpServer(configuration,
                new Patience(settings.idleTimeoutMs(), settings.transferTimeoutMs(), settings.maxConnections()),
                settings.certificate());
        // At once, since the routes ask for its router before the context starts its services.
        server.setCamelContext(context);
        try {
            ServiceHelper.startService(server);
        } catch (RuntimeException e) {
            throw FreePort.refused("chat21.rest.port", "REST_PORT", settings.host(), settings.port(), e);
        }
        context.addService(server);
        VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(context,
                VertxPlatformHttpRouter.getRouterNameFromPort(settings.port()));
        AnswerWriter writer = new AnswerWriter(
                new BytesInFlight(settings.maxBytesInFlight(), settings.maxPageBytes()), settings.maxPageBytes(),
                settings.transferTimeoutMs(), meters);
        context.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME,
                new ApiEngine(settings.port(), writer));
        router.route().order(FIRST).handler(new Cors(settings.origins()));
        router.route().order(FIRST + 1).handler(RestServer::refuseBrokenEscapes);
        router.route().order(FIRST + 2).handler(LenientRequests::answerHeadAsGet);
        router.route().order(FIRST + 3).handler(new RequestLimit(settings.maxRequests(), meters,
                (http, text) -> write(http, Answer.error(503, text))));
        router.route().order(FIRST + 4).handler(RestServer::leaveFormsUndecoded);
        router.route().order(FIRST + 5).handler(new BodyGate(callers,
                new BytesInFlight(settings.maxBytesInFlight(), settings.maxBodyBytes()), settings.maxBodyBytes(),
                settings.transferTimeoutMs(), meters));
        router.route().order(-1).failureHandler(RestServer::answerFailure);
        router.route().order(LAST).handler(http -> answerUnknown(context, http));
        return router;
    }

    /** Sends what needs no counting. */
    static void write(RoutingContext http, Answer answer) {
        if (!http.response().headWritten() && !http.response().ended()) {
            head(http.response(), answer);
            end(http.response(), (byte[]) answer.body());
        }
    }

    /** Ends an answer. Its length is said here, since the server says none where it leaves the body out. */
    static Future<Void> end(HttpServerResponse response, byte[] body) {
        return response.putHeader("Content-Length", Integer.toString(body.length)).end(Bodies.of(body));
    }

    /** Writes status and headers. Answers are about people, so nobody on the way may keep them. */
    static void head(HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status()).putHeader("Content-Type", answer.contentType())
                .putHeader("Cache-Control", "no-store");
        if (answer.isForLater()) {
            response.putHeader("Retry-After", "1");
        }
    }

    // The router fails where it decodes such an address itself, and then asks nobody what to answer.
    private static void refuseBrokenEscapes(RoutingContext http) {
        if (BROKEN_ESCAPE.matcher(http.request().uri()).find()) {
            write(http, Answer.error(400, "The address has a '%' without two hexadecimal digits after it."));
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

    // The port is open before the routes are there, so that who comes early is told to come again.
    private static void answerUnknown(CamelContext context, RoutingContext http) {
        if (context.isStarted()) {
            write(http, Answer.error(404, "There is no such call: " + http.request().method() + " on this path."));
        } else {
            write(http, Answer.error(503, context.isStopping() || context.isStopped() ? STOPPING
                    : "The server is starting."));
        }
    }

    private static void answerFailure(RoutingContext http) {
        int status = http.statusCode() < 400 ? 500 : http.statusCode();
        // What the server itself cannot decode is the caller's mistake.
        if (status == 500 && http.failure() instanceof IllegalArgumentException) {
            status = 400;
        } else if (status == 500) {
            LOG.warn("A request is answered with 500: {}", String.valueOf(http.failure()).lines().findFirst().orElse(""));
        }
        write(http, Answer.error(status, switch (status) {
            case 413 -> "The body is too large.";
            case 415 -> "Content-Type must be application/json";
            case 400 -> "The request cannot be read.";
            case 503 -> STOPPING;
            default -> "Something went wrong here.";
        }));
    }
}

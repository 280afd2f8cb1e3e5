package chat21.observer.api.rest;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

import chat21.observer.api.auth.Caller;
import chat21.observer.internals.vertx.Bodies;

/**
 * Lets a body in, within bounds: only of a caller whose token holds, only while all bodies together are not too large, and
 * only for so long. Until a body has its place not a byte of it is read.
 */
final class BodyGate implements Handler<RoutingContext> {

    // What a request costs beside its body.
    private static final long LEAST = 16_384;
    private static final long STEP = 65_536;
    private static final int LEAVING_MS = 5_000;
    private static final Set<String> ENCODINGS = Set.of("", "identity", "gzip", "x-gzip", "deflate");

    private final Function<HttpServerRequest, Caller> callers;
    private final BytesInFlight bodies;
    private final long maxBytes;
    private final long timeoutMs;
    private final Counter refused;

    /**
     * @param callers   says of a request who makes it, or fails
     * @param bodies    counts the bodies of all requests that are not answered yet
     * @param maxBytes  the largest body
     * @param timeoutMs how long a body may take to arrive
     */
    BodyGate(Function<HttpServerRequest, Caller> callers, BytesInFlight bodies, long maxBytes, long timeoutMs, MeterRegistry meters) {
        this.callers = callers;
        this.bodies = bodies;
        this.maxBytes = maxBytes;
        this.timeoutMs = timeoutMs;
        this.refused = Counter.builder("chat21_rest_body_overloads")
                .description("Bodies that were told to come again, since too many bytes were on their way")
                .register(meters);
    }

    /** Whether a request says that it has a body. */
    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || length != null && !length.equals("0");
    }

    @Override
    public void handle(RoutingContext http) {
        if (!hasBody(http.request())) {
            // Nothing to read, and so the routes need not look for it.
            accept(http, Buffer.buffer());
            return;
        }
        http.request().pause();
        // The keys of a token may have to be fetched.
        http.vertx().executeBlocking(() -> callers.apply(http.request()), false).onComplete(checked -> {
            if (checked.succeeded()) {
                read(http, checked.result());
            } else {
                turnAway(http, AnswerErrors.answer(checked.cause()));
            }
        });
    }

    private void read(RoutingContext http, Caller caller) {
        HttpServerRequest request = http.request();
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !ENCODINGS.contains(encoding.strip().toLowerCase(Locale.ROOT))) {
            turnAway(http, Answer.error(415, "Content-Encoding must be gzip, deflate or identity"));
            return;
        }
        long length = length(request);
        if (length > maxBytes) {
            turnAway(http, Answer.error(413, "The body is too large."));
            return;
        }
        new Arrival(http, ReadRequest.owner(caller)).begin(Math.max(length, LEAST));
    }

    private static long length(HttpServerRequest request) {
        try {
            String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static void accept(RoutingContext http, Buffer body) {
        Bodies.give(http, body);
        http.next();
    }

    // The answer is for whoever is still sending, so what comes is thrown away for a while instead of cutting it off.
    private static void turnAway(RoutingContext http, Answer answer) {
        HttpServerRequest request = http.request();
        request.handler(ignored -> { });
        request.resume();
        RestServer.write(http, answer);
        if (!request.isEnded()) {
            long timer = http.vertx().setTimer(LEAVING_MS, t -> request.connection().close());
            request.endHandler(end -> http.vertx().cancelTimer(timer));
            request.exceptionHandler(gone -> http.vertx().cancelTimer(timer));
        }
    }

    /** One body on its way. */
    private final class Arrival {
        private final RoutingContext http;
        private final String owner;
        private final Buffer body = Buffer.buffer();
        private long held;
        private long timer;
        private boolean over;

        Arrival(RoutingContext http, String owner) {
            this.http = http;
            this.owner = owner;
        }

        void begin(long bytes) {
            if (!hold(bytes)) {
                tellToComeAgain();
                return;
            }
            http.addEndHandler(end -> {
                over = true;
                http.vertx().cancelTimer(timer);
                bodies.give(owner, held);
                held = 0;
            });
            timer = http.vertx().setTimer(timeoutMs, t -> end(Answer.error(408, "The body did not come in time.")));
            HttpServerRequest request = http.request();
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))
                    && request.version() != HttpVersion.HTTP_1_0) {
                http.response().writeContinue();
            }
            request.handler(this::take);
            request.exceptionHandler(gone -> over = true);
            request.endHandler(end -> arrived());
            request.resume();
        }

        private void take(Buffer part) {
            if (over) {
                return;
            }
            if (body.length() + part.length() > maxBytes) {
                end(Answer.error(413, "The body is too large."));
            } else if (body.length() + part.length() > held && !hold(Math.max(STEP, part.length()))) {
                tellToComeAgain();
            } else {
                body.appendBuffer(part);
            }
        }

        private void arrived() {
            http.vertx().cancelTimer(timer);
            if (!over) {
                over = true;
                accept(http, body);
            }
        }

        private boolean hold(long bytes) {
            if (bodies.take(owner, bytes)) {
                held += bytes;
                return true;
            }
            return false;
        }

        private void tellToComeAgain() {
            refused.increment();
            end(Answer.error(503, "Too many bytes are on their way; try again in a moment."));
        }

        private void end(Answer answer) {
            if (!over) {
                over = true;
                turnAway(http, answer);
            }
        }
    }
}

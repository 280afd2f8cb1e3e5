package chat21.observer.api.gate;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.settings.FreePort;

/**
 * Answers RabbitMQ's HTTP auth backend: a POST of a form to {@code /user}, {@code /vhost}, {@code /resource} or
 * {@code /topic} gets {@code allow} or {@code deny}. Where it cannot tell, as while the database is away, and where too
 * many questions wait, it says 503, which the broker takes for a no and does not keep.
 */
final class GateServer extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(GateServer.class);
    private static final int WORKERS = 8;
    // A token, and what comes with it.
    private static final int MAX_FIELD_BYTES = 65_536;
    private static final int IDLE_SECONDS = 60;
    private static final long STOP_SECONDS = 10;
    // The broker has given up on what waits for longer.
    private static final long ANSWER_WITHIN_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long WARN_EVERY_NS = TimeUnit.SECONDS.toNanos(30);

    private final Gate gate;
    private final GateSettings settings;
    private final MeterRegistry meters;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong warnAgainAt = new AtomicLong(System.nanoTime());
    private Vertx vertx;
    private boolean listens;

    GateServer(Gate gate, GateSettings settings, MeterRegistry meters) {
        this.gate = gate;
        this.settings = settings;
        this.meters = meters;
    }

    // Where somebody listens already, another node on this machine may answer just as well.
    @Override
    protected void doStart() throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(WORKERS)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            vertx.createHttpServer(new HttpServerOptions().setMaxFormAttributeSize(MAX_FIELD_BYTES)
                    .setMaxFormBufferedBytes(MAX_FIELD_BYTES).setIdleTimeout(IDLE_SECONDS)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS).setHttp2ClearTextEnabled(false).setTcpNoDelay(true))
                    .requestHandler(this::take).listen(settings.port(), settings.host())
                    .toCompletionStage().toCompletableFuture().get();
            listens = true;
        } catch (ExecutionException e) {
            doStop();
            LOG.warn("The broker is not answered here: {}", FreePort.refused("chat21.gate.port", "GATE_PORT",
                    settings.host(), settings.port(), e).getMessage());
        }
    }

    /** Whether the broker is answered here. */
    boolean listens() {
        return listens;
    }

    private void take(HttpServerRequest request) {
        if (request.method() != HttpMethod.POST) {
            end(request, 405, "");
            return;
        }
        if (waiting.incrementAndGet() > settings.maxRequests()) {
            waiting.decrementAndGet();
            count(request.path(), "busy");
            end(request, 503, "busy");
            return;
        }
        long asked = System.nanoTime();
        request.setExpectMultipart(true);
        request.end().compose(read -> vertx.executeBlocking(() -> {
            if (System.nanoTime() - asked > ANSWER_WITHIN_NS) {
                throw new TimeoutException("too many questions wait");
            }
            return answer(request.path(), request.formAttributes());
        }, false)).onComplete(answered -> {
            waiting.decrementAndGet();
            if (answered.succeeded()) {
                String verdict = answered.result() ? "allow" : "deny";
                count(request.path(), verdict);
                end(request, 200, verdict);
            } else {
                count(request.path(), "error");
                warn(answered.cause());
                end(request, 503, "error");
            }
        });
    }

    private void warn(Throwable cause) {
        long now = System.nanoTime();
        long at = warnAgainAt.get();
        if (now - at >= 0 && warnAgainAt.compareAndSet(at, now + WARN_EVERY_NS)) {
            LOG.warn("The gate could not tell the broker who may do what: {}",
                    String.valueOf(cause).lines().findFirst().orElse(""));
        }
    }

    private boolean answer(String path, MultiMap form) throws SQLException, IOException {
        String clientId = form.get("client_id");
        return switch (path) {
            case "/user" -> gate.mayConnect(form.get("username"), form.get("password"), clientId);
            case "/vhost" -> gate.mayUseVirtualHost(clientId, form.get("vhost"));
            case "/resource" -> gate.mayUseVirtualHost(clientId, form.get("vhost"))
                    && gate.mayUse(clientId, form.get("resource"), form.get("name"), form.get("permission"));
            case "/topic" -> gate.mayUseVirtualHost(form.get("variable_map.client_id"), form.get("vhost"))
                    && gate.mayUseTopic(form.get("variable_map.client_id"), form.get("name"), form.get("permission"),
                            form.get("routing_key"));
            default -> false;
        };
    }

    private void count(String path, String answer) {
        String question = switch (path) {
            case "/user", "/vhost", "/resource", "/topic" -> path.substring(1);
            default -> "other";
        };
        meters.counter("chat21.gate.answers", "question", question, "answer", answer).increment();
    }

    private static void end(HttpServerRequest request, int status, String text) {
        if (!request.response().ended()) {
            request.response().setStatusCode(status).putHeader("Content-Type", "text/plain").end(text);
        }
    }

    @Override
    protected void doStop() {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(e -> null).join();
            vertx = null;
        }
    }
}

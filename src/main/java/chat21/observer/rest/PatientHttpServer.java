package chat21.observer.rest;

import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * Camel's HTTP server with a bound on its patience: a connection on which nothing moves is closed, and whatever is not plain
 * HTTP/1.1 is refused. Camel has no settings for that; Vert.x by default waits for ever and lets a connection change to HTTP/2.
 */
final class PatientHttpServer extends VertxPlatformHttpServer {

    private static final long STOP_SECONDS = 10;

    private final VertxPlatformHttpServerConfiguration configuration;
    private final int idleTimeoutMs;
    private HttpServer server;

    /** @param idleTimeoutMs for how long nothing may move on a connection */
    PatientHttpServer(VertxPlatformHttpServerConfiguration configuration, int idleTimeoutMs) {
        super(configuration);
        this.configuration = configuration;
        this.idleTimeoutMs = idleTimeoutMs;
    }

    @Override
    public HttpServer getServer() {
        return server;
    }

    @Override
    public int getPort() {
        return server == null ? configuration.getBindPort() : server.actualPort();
    }

    @Override
    protected void startServer() throws Exception {
        Handler<HttpServerRequest> router = VertxPlatformHttpRouter.lookup(getCamelContext(),
                VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getBindPort()));
        HttpServerOptions options = new HttpServerOptions().setIdleTimeout(idleTimeoutMs)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setHttp2ClearTextEnabled(false);
        server = getVertx().createHttpServer(options).requestHandler(router)
                .connectionHandler(connection -> StrictDecoder.install(connection, options));
        server.listen(configuration.getBindPort(), configuration.getBindHost()).toCompletionStage().toCompletableFuture()
                .get();
    }

    @Override
    protected void stopServer() {
        if (server != null) {
            await(server.close());
            server = null;
        }
    }

    @Override
    protected void stopVertx() {
        if (getVertx() != null) {
            await(getVertx().close());
        }
    }

    private static void await(Future<Void> end) {
        end.toCompletionStage().toCompletableFuture().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).exceptionally(e -> null)
                .join();
    }
}

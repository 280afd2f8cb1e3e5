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
 * Camel's HTTP server with a bound on its patience: a connection on which nothing moves is closed, or a request does not come to the
 * end of its headers, there are only so many connections, and whatever is not plain HTTP/1.1 is refused. Camel has no settings
 * for that; Vert.x by default waits for ever, for any number, and lets a connection change to HTTP/2.
 */
final class PatientHttpServer extends VertxPlatformHttpServer {

    private static final long STOP_SECONDS = 10;

    private final VertxPlatformHttpServerConfiguration configuration;
    private final RestSettings settings;
    private final OpenConnections connections;
    private HttpServer server;

    PatientHttpServer(VertxPlatformHttpServerConfiguration configuration, RestSettings settings) {
        super(configuration);
        this.configuration = configuration;
        this.settings = settings;
        this.connections = new OpenConnections(settings.maxConnections());
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
        HttpServerOptions options = new HttpServerOptions().setIdleTimeout(settings.idleTimeoutMs())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setHttp2ClearTextEnabled(false);
        server = getVertx().createHttpServer(options).requestHandler(request -> {
            connections.asked(request.connection());
            router.handle(request);
        }).connectionHandler(connection -> {
            StrictDecoder.install(connection, options, settings.transferTimeoutMs());
            connections.opened(connection);
        });
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

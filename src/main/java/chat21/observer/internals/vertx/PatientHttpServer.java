package chat21.observer.internals.vertx;

import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

import chat21.observer.tls.OwnCertificate;

/**
 * Camel's HTTP server with a bound on its patience: a connection on which nothing moves is closed, or a request does not come to the
 * end of its headers, there are only so many connections, and whatever is not plain HTTP/1.1 is refused. Camel has no settings
 * for that; Vert.x by default waits for ever, for any number, and lets a connection change to HTTP/2.
 */
public final class PatientHttpServer extends VertxPlatformHttpServer {

    private static final long STOP_SECONDS = 10;

    private final VertxPlatformHttpServerConfiguration configuration;
    private final Patience patience;
    private final OpenConnections connections;
    private final OwnCertificate certificate;
    private HttpServer server;

    /** @param certificate by which it shows who it is; null for HTTP without TLS */
    public PatientHttpServer(VertxPlatformHttpServerConfiguration configuration, Patience patience, OwnCertificate certificate) {
        super(configuration);
        this.certificate = certificate;
        this.configuration = configuration;
        this.patience = patience;
        this.connections = new OpenConnections(patience.maxConnections());
    }

    /** Serves the management port in place of Camel's own server, which comes later and takes one that is there for its port. */
    public static void manage(CamelContext context, String host, int port, Patience patience) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT);
        configuration.setBindHost(host);
        configuration.setBindPort(port);
        try {
            context.addService(new PatientHttpServer(configuration, patience, null));
        } catch (Exception e) {
            throw new IllegalStateException("the management port cannot be served", e);
        }
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
        HttpServerOptions options = new HttpServerOptions().setIdleTimeout(patience.idleTimeoutMs())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setHttp2ClearTextEnabled(false).setUseAlpn(false);
        if (certificate != null) {
            RenewedCertificate renewed = new RenewedCertificate(certificate);
            options.setSsl(true).setKeyCertOptions(KeyCertOptions.wrap(renewed));
            renewed.follow(getVertx());
        }
        server = getVertx().createHttpServer(options).requestHandler(request -> {
            connections.asked(request.connection());
            router.handle(request);
        }).connectionHandler(connection -> {
            StrictDecoder.install(connection, options, patience.headersMs());
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

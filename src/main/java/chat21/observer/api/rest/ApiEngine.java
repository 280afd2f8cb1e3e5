package chat21.observer.api.rest;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Camel's HTTP engine, with consumers of our own for the calls of the REST API. */
final class ApiEngine extends VertxPlatformHttpEngine {

    private final int port;
    private final AnswerWriter writer;
    private final Set<String> paths = ConcurrentHashMap.newKeySet();

    ApiEngine(int port, AnswerWriter writer) {
        this.port = port;
        this.writer = writer;
    }

    /** Says that a path is the API's. */
    void serve(String path) {
        paths.add(path);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return paths.contains(endpoint.getPath())
                ? new ApiConsumer(endpoint, processor, VertxPlatformHttpRouter.getRouterNameFromPort(port), writer)
                : super.createConsumer(endpoint, processor);
    }

    @Override
    public int getServerPort() {
        return port;
    }

    @Override
    public List<io.vertx.core.Handler<io.vertx.ext.web.RoutingContext>> getHandlers() {
        return List.of();
    }
}

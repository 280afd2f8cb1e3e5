package chat21.observer.internals.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodiesTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aBodyThatWasGivenIsNotReadAgain() throws Exception {
        Router router = Router.router(vertx);
        router.route().handler(http -> {
            Bodies.give(http, Buffer.buffer("given"));
            http.next();
        });
        router.route().handler(BodyHandler.create());
        router.route().handler(http -> http.end(http.body().asString()));
        HttpServer server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join();

        assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort()))
                .POST(HttpRequest.BodyPublishers.ofString("sent")).build(), HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("given");
    }

    @Test
    void bytesAreNotCopied() {
        byte[] bytes = "abc".getBytes();
        Buffer buffer = Bodies.of(bytes);
        bytes[0] = 'x';

        assertThat(buffer.toString()).isEqualTo("xbc");
    }
}

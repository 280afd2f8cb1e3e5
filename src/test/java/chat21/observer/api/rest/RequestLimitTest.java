package chat21.observer.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLimitTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConcurrentLinkedQueue<RoutingContext> open = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void start() {
        Router router = Router.router(vertx);
        router.route().handler(new RequestLimit(2, meters, (http, text) -> http.response().setStatusCode(503).end(text)));
        router.route().handler(open::add);
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatIsTooMuchIsToldToComeAgainUntilSomethingIsAnswered() {
        List<CompletableFuture<HttpResponse<String>>> waiting = Stream.of(get(), get()).toList();
        await().until(() -> open.size() == 2);

        HttpResponse<String> refused = get().join();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.body()).contains("try again");
        assertThat(meters.get("chat21_rest_overloads").counter().count()).isEqualTo(1);

        answerAll();
        assertThat(waiting).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        CompletableFuture<HttpResponse<String>> next = get();
        await().until(() -> open.size() == 1);
        answerAll();
        assertThat(next.join().statusCode()).isEqualTo(200);
    }

    @Test
    void whoWentAwayLeavesItsPlace() {
        Stream.of(get(), get()).toList();
        await().until(() -> open.size() == 2);
        open.forEach(http -> http.request().connection().close());
        open.clear();

        await().untilAsserted(() -> {
            CompletableFuture<HttpResponse<String>> next = get();
            await().until(() -> next.isDone() || !open.isEmpty());
            answerAll();
            assertThat(next.join().statusCode()).isEqualTo(200);
        });
    }

    @Test
    void aRequestWithABodyTakesNoPlace() {
        Stream.of(get(), get()).toList();
        await().until(() -> open.size() == 2);

        CompletableFuture<HttpResponse<String>> post = client.sendAsync(
                HttpRequest.newBuilder(uri()).POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());
        await().until(() -> open.size() == 3);
        answerAll();
        assertThat(post.join().statusCode()).isEqualTo(200);
    }

    private void answerAll() {
        for (RoutingContext http = open.poll(); http != null; http = open.poll()) {
            http.response().end("yes");
        }
    }

    private CompletableFuture<HttpResponse<String>> get() {
        return client.sendAsync(HttpRequest.newBuilder(uri()).GET().build(), BodyHandlers.ofString());
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    }
}

package chat21.observer.api.rest;

import java.util.List;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;

/**
 * Hands requests to the route of a call. Camel's own consumer keeps a worker until the answer is there; this one lets a
 * route answer later, from whatever thread.
 */
final class ApiConsumer extends VertxPlatformHttpConsumer {

    private final AnswerWriter writer;

    ApiConsumer(PlatformHttpEndpoint endpoint, Processor processor, String router, AnswerWriter writer) {
        super(endpoint, processor, List.of(), router);
        this.writer = writer;
    }

    @Override
    protected void handleRequest(RoutingContext http) {
        if (isSuspended()) {
            RestServer.write(http, Answer.error(503, RestServer.STOPPING));
            return;
        }
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        AnswerRoom room = writer.room();
        exchange.setProperty(ReadRequest.ROOM, room);
        Promise<Void> answered = Promise.promise();
        // A route may answer from any thread; the connection belongs to this one.
        Context connection = http.vertx().getOrCreateContext();
        processHttpRequest(exchange, http).compose(read -> {
            http.vertx().executeBlocking(() -> {
                createUoW(exchange);
                return getAsyncProcessor().process(exchange, doneSync -> answered.complete());
            }, false).onFailure(answered::tryFail);
            return answered.future();
        }).onComplete(done -> {
            Answer answer = done.failed() ? AnswerErrors.answer(done.cause()) : answer(exchange);
            doneUoW(exchange);
            releaseExchange(exchange, false);
            connection.runOnContext(now -> writer.write(http, answer, room));
        });
    }

    private static Answer answer(Exchange exchange) {
        return exchange.getException() == null && exchange.getMessage().getBody() instanceof Answer answer ? answer
                : AnswerErrors.answer(exchange.getException());
    }
}

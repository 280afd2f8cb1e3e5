package chat21.observer.api.rest;

import java.util.concurrent.CompletableFuture;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Lets a call answer when it can, and keeps no thread waiting until then. */
final class AnswerLater extends AsyncProcessorSupport {

    private final ApiRoutes.LateHandler handler;

    AnswerLater(ApiRoutes.LateHandler handler) {
        this.handler = handler;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<Answer> answer;
        try {
            answer = handler.answer(exchange.getMessage().getBody(Request.class));
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        answer.whenComplete((given, thrown) -> {
            if (thrown == null) {
                given.write(exchange);
            } else {
                exchange.setException(thrown);
            }
            callback.done(false);
        });
        return false;
    }
}

package chat21.observer.api.rest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Bounds how many requests to read are worked on or wait at once. Under more than this machine can answer, a queue without
 * an end would only make all of them late; so the latest are told to come again. Requests with a body are not counted: how
 * long one takes to arrive is up to its sender, who could hold all places.
 */
final class RequestLimit implements Handler<RoutingContext> {

    private final int max;
    private final BiConsumer<RoutingContext, String> refuse;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter refused;

    /**
     * @param max    how many at once
     * @param refuse answers with 503 and a text
     */
    RequestLimit(int max, MeterRegistry meters, BiConsumer<RoutingContext, String> refuse) {
        this.max = max;
        this.refuse = refuse;
        this.refused = Counter.builder("chat21_rest_overloads")
                .description("Requests that were told to come again, since too many were open").register(meters);
    }

    @Override
    public void handle(RoutingContext http) {
        if (BodyGate.hasBody(http.request())) {
            http.next();
        } else if (open.incrementAndGet() <= max) {
            http.addEndHandler(end -> open.decrementAndGet());
            http.next();
        } else {
            open.decrementAndGet();
            refused.increment();
            http.response().putHeader("Retry-After", "1");
            refuse.accept(http, "Too many requests are open; try again in a moment.");
        }
    }
}

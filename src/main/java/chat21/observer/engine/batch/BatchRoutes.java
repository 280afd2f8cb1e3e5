package chat21.observer.engine.batch;

import org.apache.camel.ProducerTemplate;

/** Sends batches through their routes. */
public final class BatchRoutes implements BatchFlow {

    private final ProducerTemplate template;

    public BatchRoutes(ProducerTemplate template) {
        this.template = template;
    }

    @Override
    public Exception commit(Batch batch) {
        return send(batch.isOfPortions() ? "direct:commit-portion" : "direct:commit-batch", batch);
    }

    @Override
    public Exception acknowledge(Batch batch) {
        return send("direct:acknowledge-batch", batch);
    }

    private Exception send(String route, Batch batch) {
        return template.send(route, exchange -> exchange.getMessage().setBody(batch)).getException();
    }
}

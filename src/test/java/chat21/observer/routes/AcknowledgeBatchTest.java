package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.engine.batch.Batch;
import chat21.observer.testing.Deliveries;

class AcknowledgeBatchTest {

    private final Recorder recorder = new Recorder();
    private final RouteFixture route = new RouteFixture("acknowledge-batch");
    private final Batch batch = new Batch(List.of(new Deliveries().to("bob", "{}")));

    @BeforeEach
    void start() throws Exception {
        for (String bean : List.of("batchPublisher", "acknowledger", "counts", "analytics")) {
            route.bind(bean, recorder);
        }
        route.start();
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @Test
    void aBatchIsAcknowledgedOnceItIsConfirmedAndThenCounted() {
        assertThat(route.send(batch, null).getException()).isNull();

        assertThat(recorder.calls()).containsExactly("awaitConfirms", "acknowledge", "count", "tell");
        assertThat(recorder.bodies()).containsOnly(batch);
    }

    @Test
    void whatIsNotConfirmedIsNotAcknowledged() {
        recorder.failOn("awaitConfirms", new IOException("gone"));

        assertThat(route.send(batch, null).getException()).hasMessage("gone");

        assertThat(recorder.calls()).containsExactly("awaitConfirms");
    }
}

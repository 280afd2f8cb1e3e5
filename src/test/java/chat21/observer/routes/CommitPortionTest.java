package chat21.observer.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.engine.batch.Batch;
import chat21.observer.testing.Deliveries;

class CommitPortionTest {

    private final Recorder recorder = new Recorder();
    private final RouteFixture route = new RouteFixture("commit-portion");
    private final Batch batch = new Batch(List.of(new Deliveries().to("bob", "{}")));

    @BeforeEach
    void start() throws Exception {
        for (String bean : List.of("batchStore", "webhookEvents", "batchPublisher")) {
            route.bind(bean, recorder);
        }
        route.start();
        route.called("store-batch").whenAnyExchangeReceived(e -> recorder.store(e.getMessage().getBody()));
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @Test
    void aPortionIsStoredThenPublished() {
        assertThat(route.send(batch, null).getException()).isNull();

        assertThat(recorder.calls()).containsExactly("store", "markStored", "announce", "publish");
    }

    @Test
    void whatIsNotStoredIsNotPublished() {
        recorder.failOn("store", new SQLException("gone", "08006"));

        assertThat(route.send(batch, null).getException()).hasMessage("gone");

        assertThat(recorder.calls()).containsExactly("store");
    }
}

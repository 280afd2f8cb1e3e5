package chat21.observer.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import chat21.observer.engine.publish.Confirmation;
import chat21.observer.testing.Deliveries;

class InFlightBatchesTest {

    private static final long TIMEOUT_MS = 50;

    private final Deliveries broker = new Deliveries();
    private final InFlightBatches unconfirmed = new InFlightBatches(10);
    private final List<String> awaited = new ArrayList<>();

    @Test
    void theNewestBatchMayBeOnItsWayWhileTheNextOneBegins() throws InterruptedException {
        unconfirmed.awaitInboxesButNewest(TIMEOUT_MS);
        publish("1");
        unconfirmed.awaitInboxesButNewest(TIMEOUT_MS);

        assertThat(awaited).isEmpty();
    }

    @Test
    void theOneBeforeItIsAwaitedForThatTimeAtMost() throws InterruptedException {
        publish("1");
        publish("2");
        publish("3");

        unconfirmed.awaitInboxesButNewest(TIMEOUT_MS);

        assertThat(awaited).containsExactly("2 for 50 ms");
    }

    private void publish(String name) throws InterruptedException {
        Batch batch = new Batch(List.of(broker.to("bob", "{}")));
        batch.published(new Confirmation() {
            @Override
            public void await() {
                awaited.add(name + " for as long as it takes");
            }

            @Override
            public void await(long timeoutMs) {
                awaited.add(name + " for " + timeoutMs + " ms");
            }
        }, Confirmation.NONE);
        unconfirmed.add(batch);
    }
}

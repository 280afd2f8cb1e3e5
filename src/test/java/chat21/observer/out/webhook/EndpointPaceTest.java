package chat21.observer.out.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import chat21.observer.out.webhook.TryResult.Fate;

class EndpointPaceTest {

    private static final long PAUSE_MS = 40;

    private final Endpoint endpoint = Endpoint.of("http://down.example.org", "w");
    private final Endpoint other = Endpoint.of("http://up.example.org", "w");
    private final EndpointPace pace = new EndpointPace(List.of(endpoint, other), PAUSE_MS);

    @Test
    void anEndpointThatFailsFiveTimesInSuccessionIsTriedSlowly() throws Exception {
        fail(5);

        assertThat(msFor(endpoint, 3)).isGreaterThanOrEqualTo(3 * PAUSE_MS);
    }

    @Test
    void aFewFailuresAndOtherEndpointsCostNoTime() throws Exception {
        fail(4);
        assertThat(msFor(endpoint, 100)).isLessThan(100 * PAUSE_MS);

        fail(5);
        assertThat(msFor(other, 100)).isLessThan(100 * PAUSE_MS);
    }

    @Test
    void oneSuccessBringsBackFullSpeed() throws Exception {
        fail(50);
        pace.learn(new TryResult(attempt(endpoint), Fate.DELIVERED, null));

        assertThat(msFor(endpoint, 100)).isLessThan(100 * PAUSE_MS);
    }

    @Test
    void anEndpointThatRefusesEventsIsUp() throws Exception {
        fail(50);
        pace.learn(new TryResult(attempt(endpoint), Fate.REFUSED, "status 400"));

        assertThat(msFor(endpoint, 100)).isLessThan(100 * PAUSE_MS);
    }

    @Test
    void anEndpointThatWantsToBeLeftAloneIsAndNoOther() throws Exception {
        pace.learn(new TryResult(attempt(endpoint), Fate.RETRIED, "status 429", 3 * PAUSE_MS));

        assertThat(msFor(endpoint, 1)).isGreaterThanOrEqualTo(PAUSE_MS);
        assertThat(msFor(other, 100)).isLessThan(100 * PAUSE_MS);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            pace.learn(new TryResult(attempt(endpoint), Fate.RETRIED, "status 500"));
        }
    }

    private long msFor(Endpoint wanted, int tries) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < tries; i++) {
            pace.await(attempt(wanted));
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static WebhookTry attempt(Endpoint endpoint) {
        return new WebhookTry(endpoint, "id", null, 1, new byte[0], null);
    }
}

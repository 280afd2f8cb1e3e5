package chat21.observer.webhook;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.webhook.TryResult.Fate;

/**
 * Lets only a few tries a second through to an endpoint that has failed several times in succession: its other events
 * wait in its queue, where they cost nothing, until it answers again.
 */
public final class Pace {

    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);
    private static final int FAILURES = 5;

    private final long pauseNanos;
    private final Map<Endpoint, Line> lines;

    Pace(Collection<Endpoint> endpoints, long pauseMs) {
        pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMs);
        lines = endpoints.stream().collect(Collectors.toMap(Function.identity(), endpoint -> new Line()));
    }

    /** Returns when the try may be made: at once, unless its endpoint is down. */
    public WebhookTry await(WebhookTry attempt) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(lines.get(attempt.endpoint()).reserve(System.nanoTime()));
        return attempt;
    }

    /** Learns from what a try came to. */
    public TryResult learn(TryResult result) {
        Endpoint endpoint = result.attempt().endpoint();
        boolean delivered = result.fate() == Fate.DELIVERED;
        if (lines.get(endpoint).changes(delivered)) {
            if (delivered) {
                LOG.info("The webhook endpoint {} answers again", endpoint.address());
            } else {
                LOG.warn("The webhook endpoint {} is down, its events wait: {}", endpoint.address(), result.error());
            }
        }
        return result;
    }

    private final class Line {
        private int failures;
        private long nextAt;

        synchronized long reserve(long now) {
            if (failures < FAILURES) {
                return 0;
            }
            nextAt = nextAt - now < 0 ? now + pauseNanos : nextAt + pauseNanos;
            return nextAt - now;
        }

        synchronized boolean changes(boolean delivered) {
            boolean wasDown = failures >= FAILURES;
            failures = delivered ? 0 : Math.min(FAILURES, failures + 1);
            return wasDown != failures >= FAILURES;
        }
    }
}

package chat21.observer.out.webhook;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.out.webhook.TryResult.Fate;

/**
 * Lets only a few tries a second through to an endpoint that has failed several times in succession, and none for a while
 * to one that wants to be left alone: its other events wait in its queue, where they cost nothing, until it answers again.
 */
public final class EndpointPace {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointPace.class);
    private static final int FAILURES = 5;
    private static final long LONGEST_HOLD_MS = 10_000;

    private final long pauseNanos;
    private final Map<Endpoint, Line> lines;

    EndpointPace(Collection<Endpoint> endpoints, long pauseMs) {
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
        lines.get(endpoint).hold(System.nanoTime(), result.retryAfterMs());
        boolean up = result.fate() == Fate.DELIVERED || result.fate() == Fate.REFUSED;
        if (lines.get(endpoint).changes(up)) {
            if (up) {
                LOG.info("The webhook endpoint {} answers again", endpoint.address());
            } else {
                LOG.warn("The webhook endpoint {} is down, its events wait: {}", endpoint.address(), result.error());
            }
        }
        return result;
    }

    private final class Line {
        private int failures;
        private long nextAt = System.nanoTime();
        private long heldUntil = nextAt;

        synchronized long reserve(long now) {
            long held = Math.max(0, heldUntil - now);
            if (failures < FAILURES) {
                return held;
            }
            nextAt = nextAt - now < 0 ? now + pauseNanos : nextAt + pauseNanos;
            return Math.max(held, nextAt - now);
        }

        synchronized void hold(long now, long ms) {
            long until = now + TimeUnit.MILLISECONDS.toNanos(Math.min(ms, LONGEST_HOLD_MS));
            heldUntil = until - heldUntil > 0 ? until : heldUntil;
        }

        synchronized boolean changes(boolean up) {
            boolean wasDown = failures >= FAILURES;
            failures = up ? 0 : Math.min(FAILURES, failures + 1);
            return wasDown != failures >= FAILURES;
        }
    }
}

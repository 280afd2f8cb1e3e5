package chat21.observer.out.webhook;

import java.time.Clock;
import java.util.Map;

/** What stands in the headers of an event that was given up. */
final class DeadEvents {

    /** To which address it could not be posted; nothing secret in it. */
    static final String ENDPOINT = "x-endpoint";
    /** The queue from which the event was tried, where a replay puts it. */
    static final String ENDPOINT_QUEUE = "x-endpoint-queue";
    /** How often it was tried. */
    static final String TRIES = "x-tries";
    /** When it was given up, as ISO 8601. */
    static final String GIVEN_UP_AT = "x-given-up-at";

    private final String queue;
    private final Clock clock;

    DeadEvents(String queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    String queue() {
        return queue;
    }

    Map<String, Object> headers(WebhookTry attempt, String error) {
        return Map.of(ENDPOINT, attempt.endpoint().address(), ENDPOINT_QUEUE, attempt.endpoint().queue(),
                WebhookTry.LAST_ERROR, error, TRIES, attempt.number(), GIVEN_UP_AT, clock.instant().toString());
    }
}

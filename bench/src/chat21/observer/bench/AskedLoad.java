package chat21.observer.bench;

import java.util.Optional;

/** One of the loads on the command line: of messages, of readers or of events for webhooks; the other two are null. */
record AskedLoad(Phase phase, ReadRate reads, WebhookRate webhooks) {

    /** Reads what {@link Phase#parse}, {@link ReadRate#parse} or {@link WebhookRate#parse} does. */
    static AskedLoad parse(String text) {
        Optional<ReadRate> reads = ReadRate.parse(text);
        Optional<WebhookRate> webhooks = WebhookRate.parse(text);
        return new AskedLoad(reads.isPresent() || webhooks.isPresent() ? null : Phase.parse(text), reads.orElse(null),
                webhooks.orElse(null));
    }
}

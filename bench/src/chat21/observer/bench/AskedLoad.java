package chat21.observer.bench;

/** One of the loads on the command line: of messages, readers, events for webhooks or clients that come; the others are null. */
record AskedLoad(Phase phase, ReadRate reads, WebhookRate webhooks, ConnectLoad connects) {

    /** Reads what {@link Phase#parse}, {@link ReadRate#parse}, {@link WebhookRate#parse} or {@link ConnectLoad#parse} does. */
    static AskedLoad parse(String text) {
        return ReadRate.parse(text).map(rate -> new AskedLoad(null, rate, null, null))
                .or(() -> WebhookRate.parse(text).map(rate -> new AskedLoad(null, null, rate, null)))
                .or(() -> ConnectLoad.parse(text).map(load -> new AskedLoad(null, null, null, load)))
                .orElseGet(() -> new AskedLoad(Phase.parse(text), null, null, null));
    }
}

package chat21.observer.bench;

/**
 * How long events that an endpoint wants took.
 *
 * @param endpoint what it is like: {@code takes all} or {@code refuses the rest}
 * @param latency  from when a message was due to when the POST of its event came
 * @param refused  events that it answered with 400
 * @param missing  events that it wanted and did not get
 */
record WebhookMeasurement(String system, WebhookRate load, String endpoint, Measurement.Latency latency, long refused,
        long missing) {
}

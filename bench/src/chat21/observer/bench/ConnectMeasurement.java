package chat21.observer.bench;

/**
 * How clients got in.
 *
 * @param system  who was asked whether they may: the gate, or the broker's own OAuth 2
 * @param what    one question of the broker, or all that comes before a client is in
 * @param latency from when it was due, in a storm from when the broker was back
 * @param failed  what was not answered yes; in a storm, tries of clients that came in later
 */
record ConnectMeasurement(String system, ConnectLoad load, String what, Measurement.Latency latency, long failed) {
}

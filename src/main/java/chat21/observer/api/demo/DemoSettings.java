package chat21.observer.api.demo;

/**
 * What the page has to know.
 *
 * @param app      the app that its users are in
 * @param base     the path that the calls of the REST API begin with
 * @param mqttPort the broker's port for MQTT
 * @param wsPort   the broker's port for MQTT over WebSocket
 * @param presence whether presence is recorded
 */
record DemoSettings(String app, String base, int mqttPort, int wsPort, boolean presence) {
}

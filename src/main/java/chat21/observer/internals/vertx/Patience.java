package chat21.observer.internals.vertx;



/**
 * How much a server bears of those who call it.
 *
 * @param idleTimeoutMs  for how long nothing may move on a connection
 * @param headersMs      how long the headers of a request may take to arrive
 * @param maxConnections how many connections are open at once
 */
public record Patience(int idleTimeoutMs, long headersMs, int maxConnections) {
}

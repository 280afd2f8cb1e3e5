package chat21.observer.api.gate;

/**
 * Where the broker asks, and what is let through.
 *
 * @param host                 the address to listen on
 * @param port                 the port to listen on
 * @param virtualHost          the broker's virtual host that clients may use
 * @param exchange             the exchange that clients publish to and read from
 * @param takesFreeClientIds   whether a user may come with any client id that is nobody's
 * @param clientIdDays         for how many days a client id is kept for its user
 * @param maxClientIds         how many client ids are kept for one user
 * @param maxRequests          how many questions wait at once
 */
record GateSettings(String host, int port, String virtualHost, String exchange, boolean takesFreeClientIds,
        int clientIdDays, int maxClientIds, int maxRequests) {
}

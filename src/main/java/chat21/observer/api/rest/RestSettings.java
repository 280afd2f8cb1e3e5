package chat21.observer.api.rest;

import java.util.List;

import chat21.observer.tls.OwnCertificate;

/**
 * How the REST API is served.
 *
 * @param host              the address to listen on
 * @param port              the port
 * @param maxBodyBytes      the largest body of a request
 * @param maxBytesInFlight  the most bytes of all bodies together, and of all answers that are not read yet
 * @param maxPageBytes      the most bytes of a page of a list
 * @param maxConnections    how many connections are open at once
 * @param maxRequests       how many requests without a body are open at once
 * @param transferTimeoutMs how long the headers of a request may take to arrive, then its body, and an answer to be read
 * @param idleTimeoutMs     for how long nothing may move on a connection
 * @param origins           the web origins that may call; none named means any
 * @param certificate       by which it shows who it is; null for HTTP without TLS
 */
record RestSettings(String host, int port, long maxBodyBytes, long maxBytesInFlight, long maxPageBytes, int maxConnections, int maxRequests,
        long transferTimeoutMs, int idleTimeoutMs, List<String> origins, OwnCertificate certificate) {
}

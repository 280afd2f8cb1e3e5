package chat21.observer.out.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import chat21.observer.settings.address.WebAddress;

/**
 * Where events are posted to.
 *
 * @param web     the URL, with its query, user and password
 * @param address the URL without anything secret, fit for logs and headers
 * @param queue   the queue of the events that wait for it
 * @param options what it has of its own
 */
public record Endpoint(WebAddress web, String address, String queue, EndpointOptions options) {

    /**
     * Reads one URL, with its options; the same URL has the same queue, whatever stands beside or behind it.
     *
     * @param prefix what the names of all queues of webhooks begin with
     * @throws IllegalArgumentException if it is not an http or https URL, or its options are wrong; what is secret in it is not repeated
     */
    public static Endpoint of(String url, String prefix) {
        WebAddress web = WebAddress.of(url);
        String alone = url.split("#", 2)[0];
        String queue = prefix + "." + web.hostName().replaceAll("[^A-Za-z0-9._-]", "") + "-" + digest(alone);
        return new Endpoint(web, web.toString(), queue, EndpointOptions.of(url));
    }

    /** The queue of the events that are tried again after that long. */
    String retryQueue(long delayMs) {
        return queue + ".retry." + delayMs;
    }

    private static String digest(String url) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}

package chat21.observer.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

import chat21.observer.settings.WrongSetting;

/**
 * Where events are posted to.
 *
 * @param uri           the address with its query, without user and password
 * @param authorization the header made of user and password, or null
 * @param address       the address without anything secret, fit for logs and headers
 * @param queue         the queue of the events that wait for it
 */
public record Endpoint(URI uri, String authorization, String address, String queue) {

    /**
     * Reads one URL; the same URL has the same queue, whatever stands beside it.
     *
     * @param prefix what the names of all queues of webhooks begin with
     * @throws WrongSetting if it is not an http or https URL; what is secret in it is not repeated
     */
    static Endpoint of(String url, String prefix) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(java.util.Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw wrong(url);
            }
            String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String address = scheme + "://" + host + path;
            String queue = prefix + "." + uri.getHost().replaceAll("[^A-Za-z0-9.-]", "") + "-" + digest(url);
            return new Endpoint(new URI(address + query), authorization(uri.getUserInfo()), address, queue);
        } catch (URISyntaxException e) {
            throw wrong(url);
        }
    }

    /** The queue of the events that are tried again after that long. */
    String retryQueue(long delayMs) {
        return queue + ".retry." + delayMs;
    }

    private static String authorization(String userInfo) {
        return userInfo == null ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(String url) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static WrongSetting wrong(String url) {
        String shown = url.replaceAll("//[^/]*@", "//***@").replaceAll("\\?.*", "?***");
        return new WrongSetting("chat21.webhooks.endpoints", "must hold http and https URLs, but holds '" + shown + "'");
    }
}

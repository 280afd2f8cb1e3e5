package chat21.observer.api.gate;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.support.service.ServiceSupport;

import chat21.observer.http.LimitedBody;
import chat21.observer.settings.address.WebAddress;
import chat21.observer.upkeep.Repeated;

/**
 * Bounds what strangers make the broker keep: what waits for absent clients, and refused messages, by bytes. The oldest
 * goes first. These are operator policies, which leave the policies of whoever runs the broker as they are; they are looked
 * after through the management API once a minute, since a broker may have been set up anew.
 */
final class BrokerPolicies extends ServiceSupport {

    private static final long INTERVAL_MS = Duration.ofMinutes(1).toMillis();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1_048_576;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebAddress management;
    private final String virtualHost;
    private final Map<String, ObjectNode> wanted = new TreeMap<>();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();
    private Repeated looks;

    /** @param management where the management API is, with user and password of an administrator */
    BrokerPolicies(String management, String virtualHost) {
        this.management = WebAddress.of(management);
        this.virtualHost = virtualHost;
    }

    /** Bounds each session. */
    BrokerPolicies sessions(int maxMessages, int maxBytes) {
        wanted.put("chat21-sessions", policy(Sessions.QUEUES).set("definition", bound(maxBytes)
                .put("max-length", maxMessages)));
        return this;
    }

    /** Bounds the queue of refused messages, beside their number, with which it is declared. */
    BrokerPolicies deadLetters(String queue, int maxBytes) {
        wanted.put("chat21-" + queue, policy("^" + Pattern.quote(queue) + "$").set("definition", bound(maxBytes)));
        return this;
    }

    private static ObjectNode bound(int maxBytes) {
        return JSON.createObjectNode().put("max-length-bytes", maxBytes);
    }

    private static ObjectNode policy(String pattern) {
        return JSON.createObjectNode().put("pattern", pattern).put("apply-to", "queues").put("priority", 0);
    }

    @Override
    protected void doStart() {
        looks = Repeated.fromNowOn("chat21-broker-policies", INTERVAL_MS, this::set);
    }

    @Override
    protected void doStop() {
        looks.close();
    }

    private void set() throws IOException {
        try {
            for (Map.Entry<String, ObjectNode> policy : wanted.entrySet()) {
                WebAddress address = management.beneath("api", "operator-policies", virtualHost, policy.getKey());
                // To set one again would make the broker look at each of its queues.
                if (!holds(address, policy.getValue())) {
                    put(address, policy.getValue());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean holds(WebAddress address, ObjectNode policy) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(address.request().timeout(TIMEOUT).GET().build(), LimitedBody.of(MAX_BYTES));
        if (answer.statusCode() != 200) {
            return false;
        }
        JsonNode there = JSON.readTree(answer.body());
        return there.path("pattern").equals(policy.get("pattern")) && there.path("definition").equals(policy.get("definition"));
    }

    private void put(WebAddress address, ObjectNode policy) throws IOException, InterruptedException {
        HttpResponse<Void> answer = http.send(address.request().timeout(TIMEOUT).header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(policy))).build(), HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the broker takes no operator policy, status " + answer.statusCode());
        }
    }
}

package chat21.observer.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;

/** The connections and queues of a broker, as its management API shows and closes them. */
public final class BrokerConnections {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Patience.seconds(10)).build();
    private final String base;

    public BrokerConnections(TestBroker broker) {
        base = "http://127.0.0.1:" + broker.managementPort() + "/api/";
    }

    /** Closes the connections that their client gave this name; there must be one. */
    public void cut(String clientsName) {
        await(clientsName, 1).forEach(this::close);
    }

    /** Closes any one of the connections that their clients, at least so many, gave this name. */
    public void cutOneOf(int clients, String clientsName) {
        List<String> names = await(clientsName, clients);
        close(names.get(ThreadLocalRandom.current().nextInt(names.size())));
    }

    /** How many connections there are. */
    public int count() {
        return read("connections").size();
    }

    /** How many channels there are. */
    public int channels() {
        return read("channels").size();
    }

    /** A queue of the default virtual host with the policies that count for it. */
    public JsonNode queue(String name) {
        return read("queues/%2F/" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private List<String> await(String clientsName, int atLeast) {
        return Awaitility.await(atLeast + " connections " + clientsName)
                .pollInterval(Duration.ofMillis(250)).until(() -> named(clientsName), found -> found.size() >= atLeast);
    }

    private void close(String name) {
        send("DELETE", "connections/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private List<String> named(String clientsName) {
        List<String> names = new ArrayList<>();
        read("connections").forEach(connection -> {
            if (clientsName.equals(connection.path("client_properties").path("connection_name").asText())) {
                names.add(connection.path("name").asText());
            }
        });
        return names;
    }

    private JsonNode read(String path) {
        try {
            return JSON.readTree(send("GET", path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String send(String method, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Patience.seconds(30))
                    .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("guest:guest".getBytes(
                            StandardCharsets.US_ASCII)))
                    .method(method, HttpRequest.BodyPublishers.noBody()).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

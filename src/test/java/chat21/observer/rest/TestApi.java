package chat21.observer.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import chat21.observer.Observer;
import chat21.observer.testing.AmqpClient;
import chat21.observer.testing.TestBroker;
import chat21.observer.token.TokenSigner;

/** The application with a real broker and a database file of its own, called over real HTTP. */
final class TestApi implements AutoCloseable {

    static final String APP = "tilechat";
    static final TokenSigner SIGNER = new TokenSigner(TestBroker.JWT_KEY);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenApi OPEN_API = new OpenApi();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Observer observer;
    private final String database;
    private final int port;
    private final String prefix;

    /** An answer; its JSON is null where the body is none. */
    record Reply(int status, JsonNode json, String text, java.net.http.HttpHeaders headers) {
        JsonNode result() {
            return json.path("result");
        }
    }

    private TestApi(Map<String, String> settings) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/test-api")), "run");
            prefix = folder.getFileName() + "-";
            database = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("chat");
            port = freePort();
            Map<String, String> all = new HashMap<>(Map.of("chat21.broker.uri", TestBroker.shared().amqpUri(),
                    "chat21.jwt-key", TestBroker.JWT_KEY, "chat21.database.url", database, "chat21.rest.port", String.valueOf(port), "camel.management.port", String.valueOf(freePort())));
            // Queues of its own: of several that share one, only the first would get messages.
            for (String queue : List.of("messages", "persist", "dead-letters")) {
                all.put("chat21.queues." + queue, prefix + queue);
            }
            all.putAll(settings);
            observer = new Observer(Path.of("application.properties"), all);
            observer.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One with the settings as they are. What runs handles what anybody sends at the broker, so it must be closed. */
    static TestApi start() {
        return new TestApi(Map.of());
    }

    /** One with settings of its own. */
    static TestApi with(Map<String, String> settings) {
        return new TestApi(settings);
    }

    static String user(String user) {
        return SIGNER.user(APP, user);
    }

    static String admin() {
        return SIGNER.admin(APP, "back-end");
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection(database, "chat21", "");
    }

    Reply get(String path, String token) {
        return call("GET", path, token, null);
    }

    Reply post(String path, String token, String body) {
        return call("POST", path, token, body);
    }

    Reply put(String path, String token, String body) {
        return call("PUT", path, token, body);
    }

    Reply delete(String path, String token) {
        return call("DELETE", path, token, null);
    }

    /** Calls with JSON, or without a body where it is null; the answer must be one that the API describes. */
    Reply call(String method, String path, String token, String body) {
        HttpRequest.Builder request = request(path).method(method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        Reply reply = send(request);
        OPEN_API.check(method, path, reply.status, reply.json);
        return reply;
    }

    /** Begins to post JSON; who asks hears when the answer comes. */
    CompletableFuture<HttpResponse<String>> begin(String path, String token, String body) {
        return http.sendAsync(request(path).header("Authorization", token).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** How many messages wait in one of its queues. */
    long depth(String queue) {
        try (AmqpClient amqp = AmqpClient.at(TestBroker.shared())) {
            return amqp.ready(prefix + queue);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30));
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), parse(response.body()), response.body(), response.headers());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        observer.close();
    }

    /** Below the range from which the system serves outgoing connections, so that none of those takes it. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one then.
            }
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return null;
        }
    }
}

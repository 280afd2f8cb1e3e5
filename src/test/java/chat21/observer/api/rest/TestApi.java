package chat21.observer.api.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

/** The application with a real broker and a database of its own, called over real HTTP. */
final class TestApi implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    static final String APP = "tilechat";
    static final TokenSigner SIGNER = new TokenSigner(TestBroker.JWT_KEY);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenApi OPEN_API = new OpenApi();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Patience.seconds(10)).build();
    private final Supplier<ObserverSettings> prepared;
    private ObserverSettings settings;
    private TestObserver observer;

    /** An answer; its JSON is null where the body is none. */
    record Reply(int status, JsonNode json, String text, java.net.http.HttpHeaders headers) {
        JsonNode result() {
            return json.path("result");
        }
    }

    private TestApi(Supplier<ObserverSettings> prepared) {
        this.prepared = prepared;
    }

    /** One for all tests of a class, as an extension of it. */
    static TestApi ofClass() {
        return ofClass(Map.of());
    }

    /** One for all tests of a class, with settings of its own. */
    static TestApi ofClass(Map<String, String> changes) {
        return new TestApi(() -> {
            ObserverSettings settings = plain();
            changes.forEach(settings::set);
            return settings;
        });
    }

    /** One for all tests of a class, which are skipped where there is no PostgreSQL. */
    static TestApi ofClassOnPostgres() {
        return new TestApi(() -> plain().database(TestPostgres.shared().newDatabase()));
    }

    /** One more with settings of its own, begun at once. What runs handles what anybody sends at the broker, so close it. */
    static TestApi with(Map<String, String> changes) {
        return ofClass(changes).start();
    }

    // With a key that was given, as in production: pages of any origin may call only there.
    private static ObserverSettings plain() {
        return ObserverSettings.at(TestBroker.shared()).set("chat21.jwt-key", TestBroker.JWT_KEY);
    }

    private TestApi start() {
        settings = prepared.get();
        observer = settings.startHere();
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    static String user(String user) {
        return SIGNER.user(APP, user);
    }

    static String admin() {
        return SIGNER.admin(APP, "back-end");
    }

    /** The name of its queue of refused messages. */
    String deadLetters() {
        return settings.deadLettersQueue();
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection(tables().url(), tables().user(), tables().password());
    }

    /** What it stores. */
    TestDatabase tables() {
        return observer.database();
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

    /** How many messages wait to be handled. */
    long messages() {
        return observer.amqp().ready(settings.messagesQueue());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + settings.restPort() + path)).timeout(Patience.seconds(30));
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
        if (observer != null) {
            observer.close();
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

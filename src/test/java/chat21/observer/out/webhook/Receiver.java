package chat21.observer.out.webhook;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A system that wants to be told: a real HTTP server that notes what it gets and answers as the test asks. */
public final class Receiver implements AutoCloseable {

    private static final String POST = "post";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Answer answer = Answer.status(200);

    /** One request. */
    public record Post(String pathAndQuery, com.sun.net.httpserver.Headers headers, byte[] body, int fromPort) {

        public String header(String name) {
            return headers.getFirst(name);
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String eventId() {
            return header("X-Chat21-Event-Id");
        }
    }

    /** How it answers. */
    public interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;

        static Answer status(int status) {
            return exchange -> exchange.sendResponseHeaders(status, -1);
        }

        /** A redirect to some other place. */
        static Answer redirect(String location) {
            return exchange -> {
                exchange.getResponseHeaders().add("Location", location);
                exchange.sendResponseHeaders(307, -1);
            };
        }

        /** Wants to be left alone for a while. */
        static Answer busy(int status, String retryAfter) {
            return exchange -> {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
                exchange.sendResponseHeaders(status, -1);
            };
        }

        /** A status, the beginning of a body, and then nothing more. */
        static Answer stuck(int status) {
            return exchange -> {
                exchange.sendResponseHeaders(status, 0);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                Thread.currentThread().join();
            };
        }

        /** A status, and then a connection that ends before the body does. */
        static Answer brokenOff(int status) {
            return exchange -> {
                exchange.sendResponseHeaders(status, 1_000);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            };
        }

        /** A status for each event. */
        static Answer choosing(ToIntFunction<Post> status) {
            return exchange -> exchange.sendResponseHeaders(status.applyAsInt((Post) exchange.getAttribute(POST)), -1);
        }

        /** Takes the request and says nothing until the receiver ends. */
        static Answer hang() {
            return exchange -> Thread.currentThread().join();
        }

        /** Status 200 and then bytes without end, as fast as they are read. */
        static Answer endless() {
            return exchange -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] chunk = "x".repeat(8_192).getBytes(StandardCharsets.US_ASCII);
                OutputStream out = exchange.getResponseBody();
                while (!Thread.currentThread().isInterrupted()) {
                    out.write(chunk);
                }
            };
        }
    }

    private Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public static Receiver start() {
        return new Receiver(0);
    }

    public Receiver answering(Answer how) {
        answer = how;
        return this;
    }

    /** What came, in its order. */
    public List<Post> posts() {
        return posts;
    }

    int port() {
        return server.getAddress().getPort();
    }

    public String url(String pathAndQuery) {
        return "http://127.0.0.1:" + port() + pathAndQuery;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Post post = new Post(exchange.getRequestURI().toString(), exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes(), exchange.getRemoteAddress().getPort());
            posts.add(post);
            exchange.setAttribute(POST, post);
            answer.to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}

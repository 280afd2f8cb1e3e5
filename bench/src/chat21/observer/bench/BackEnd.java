package chat21.observer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A back end that gets webhook events and notes when those of support groups come. */
final class BackEnd implements AutoCloseable {

    /** What one is called that takes all. */
    static final String WILLING = "takes all";
    /** What one is called that answers 400 to all but support groups, as deployed back ends do. */
    static final String PICKY = "refuses the rest";
    static final String SUPPORT = "support-group-";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int NOT_MINE = 400;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Long> came = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private final String name;
    private final boolean picky;
    private final HttpServer server;

    BackEnd(String name) throws IOException {
        this.name = name;
        this.picky = name.equals(PICKY);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String name() {
        return name;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    /** When the event came that a message to this support group was sent, in nanoseconds; null if it has not. */
    Long came(String group) {
        return came.get(group);
    }

    long refused() {
        return refused.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            long now = System.nanoTime();
            JsonNode event = JSON.readTree(exchange.getRequestBody());
            String recipient = event.path("recipient_id").asText();
            boolean wanted = recipient.startsWith(SUPPORT);
            if (wanted && event.path("event_type").asText().equals("message-sent")) {
                came.putIfAbsent(recipient, now);
            }
            if (picky && !wanted) {
                refused.incrementAndGet();
            }
            exchange.sendResponseHeaders(picky && !wanted ? NOT_MINE : OK, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

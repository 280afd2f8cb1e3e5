package chat21.observer.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The management port of an observer: health and metrics.
 *
 * @param host where it listens
 * @param port the port there
 */
public record Management(String host, int port) {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1).connectTimeout(Patience.seconds(5)).build();

    /** One on the loopback. */
    public Management(int port) {
        this("127.0.0.1", port);
    }

    /** An answer. */
    public record Answer(int status, String body) {
    }

    /** Asks for a path under {@code /observe}; status 0 if nobody answers. */
    public Answer get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/observe/" + path))
                    .timeout(Patience.seconds(15)).build();
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks for a path of the port as a client that names a method and kinds of answers. */
    public HttpResponse<String> ask(String method, String path, String accept) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
                    .timeout(Patience.seconds(15)).header("Accept", accept)
                    .method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends these bytes as they are and returns the first twelve of the answer, or fewer where the port hangs up. */
    public String beginningOfAnswer(String request) throws IOException {
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout((int) Patience.seconds(15).toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "";
        }
    }

    /** Whether the observer can do its work now. */
    public boolean isReady() {
        return get("health/ready").status() == 200;
    }

    /** Waits until the observer can do its work. */
    public void awaitReady() {
        await("ready").pollInterval(Duration.ofMillis(100)).until(this::isReady);
    }

    /** Waits until the observer says that it cannot do its work. */
    public void awaitNotReady() {
        await("not ready").pollInterval(Duration.ofMillis(100))
                .until(() -> get("health/ready").status() == 503);
    }

    /** The sum of all metrics whose line begins so. */
    public double metric(String beginning) {
        return get("metrics").body().lines().filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}

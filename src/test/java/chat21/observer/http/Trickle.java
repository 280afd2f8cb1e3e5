package chat21.observer.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server whose answer begins at once and never ends, byte by byte; it notices when nobody reads it any more. */
public final class Trickle implements AutoCloseable {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n";

    private final ServerSocket server;
    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread thread = new Thread(this::answer, "trickle");

    public Trickle() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Whether the caller has closed its connection. */
    public boolean isLeft() {
        return left.getCount() == 0;
    }

    private void answer() {
        try (Socket socket = server.accept(); OutputStream out = socket.getOutputStream()) {
            out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
            while (!left.await(20, TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
            }
        } catch (IOException e) {
            left.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        left.countDown();
        server.close();
    }
}

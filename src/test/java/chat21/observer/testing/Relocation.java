package chat21.observer.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A way to a server at another port, whose host can vanish: what is connected then hears nothing more, not even an end, while
 * who connects anew finds a server again, as after a failover.
 */
public final class Relocation implements AutoCloseable {

    private final ServerSocket entrance;
    private final int port;
    private final Set<Way> ways = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean cut;

    /** @param port that of the server, on the loopback */
    public Relocation(int port) {
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.port = port;
        threads.submit(this::accept);
    }

    /** The port to connect to instead. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Lets the host vanish to which all present connections lead. */
    public void vanish() {
        ways.forEach(way -> way.vanished = true);
    }

    /** Lets nothing through any more, nor of who connects from now on, until {@link #mend()}. */
    public void cut() {
        cut = true;
        vanish();
    }

    /** Lets those through who connect from now on. */
    public void mend() {
        cut = false;
        // Who was not heard until now will not be heard any more.
        vanish();
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ways.forEach(Way::close);
        threads.shutdown();
    }

    private Void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            try {
                Way way = new Way(client, new Socket(InetAddress.getLoopbackAddress(), port));
                ways.add(way);
                way.vanished = cut;
                threads.submit(() -> way.copy(way.client, way.server));
                threads.submit(() -> way.copy(way.server, way.client));
            } catch (ConnectException e) {
                // The server is away, and so it is for the client.
                client.close();
            }
        }
    }

    private static final class Way {

        private final Socket client;
        private final Socket server;
        private volatile boolean vanished;

        private Way(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private Void copy(Socket from, Socket to) throws IOException {
            byte[] buffer = new byte[8_192];
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!vanished) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
            if (!vanished) {
                close();
            }
            return null;
        }

        private void close() {
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

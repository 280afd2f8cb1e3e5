package chat21.observer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** One connection's way to the broker, which a test can cut: a stock client cannot part without a goodbye. */
final class Wire implements AutoCloseable {
    private final ServerSocket near;
    private final int farPort;
    private volatile Socket client;
    private volatile Socket broker;

    Wire(int brokerPort) {
        farPort = brokerPort;
        try {
            near = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::carry);
    }

    /** Returns the port at which the client finds the broker. */
    int port() {
        return near.getLocalPort();
    }

    /** Cuts the connection on both sides. */
    @Override
    public void close() {
        closeQuietly(near);
        closeQuietly(client);
        closeQuietly(broker);
    }

    private void carry() {
        try {
            client = near.accept();
            broker = new Socket(InetAddress.getLoopbackAddress(), farPort);
            start(() -> pump(broker, client));
            pump(client, broker);
        } catch (IOException e) {
            close();
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut, or one side has gone: the other side goes as well.
        } finally {
            close();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable socket) {
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (Exception e) {
            // It is to be gone, and it is.
        }
    }
}

package chat21.observer.settings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Says in one sentence that a server cannot listen. */
public final class FreePort {

    private FreePort() {
    }

    /**
     * Returns the port if it can be listened on; 0 stands for any. For a server that would only log that it cannot, and go
     * on; one that throws is asked itself, since another process may be quicker.
     *
     * @throws WrongSetting naming the environment variable that sets another
     */
    public static int check(String key, String variable, String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return port;
        } catch (IOException e) {
            throw refused(key, variable, host, port, e);
        }
    }

    /**
     * What to say of a server that could not listen.
     *
     * @throws IllegalStateException if that is not why it failed
     */
    public static WrongSetting refused(String key, String variable, String host, int port, Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        if (cause == null) {
            throw new IllegalStateException(failure);
        }
        return new WrongSetting(key, "names " + host + ":" + port + ", which cannot be listened on: "
                + cause.getMessage() + ". Set another port with " + variable);
    }
}

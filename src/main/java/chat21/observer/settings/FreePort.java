package chat21.observer.settings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out before a server starts whether it can listen: Camel's own would only log that it cannot, and go on. */
public final class FreePort {

    private FreePort() {
    }

    /**
     * Returns the port if it can be listened on; 0 stands for any.
     *
     * @throws WrongSetting naming the environment variable that sets another
     */
    public static int check(String key, String variable, String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return port;
        } catch (IOException e) {
            throw new WrongSetting(key, "names " + host + ":" + port + ", which cannot be listened on: "
                    + e.getMessage() + ". Set another port with " + variable);
        }
    }
}

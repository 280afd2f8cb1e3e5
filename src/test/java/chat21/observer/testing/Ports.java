package chat21.observer.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports for tests, none of them given out twice. */
public final class Ports {

    // Below the range from which the system serves outgoing connections. Maven runs some JVMs of tests beside each other, and
    // each takes ports of its own part.
    private static final int FIRST = 12_000;
    private static final int COUNT = 4_000;
    private static final int PARTS = 4;
    private static final int PART = Integer.getInteger("surefire.forkNumber", 1) % PARTS;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {
    }

    /** A port that nobody listens on. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(COUNT) + FIRST + PART * COUNT;
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}

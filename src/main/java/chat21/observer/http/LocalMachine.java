package chat21.observer.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/** Tells addresses and names of this machine from those of others. */
public final class LocalMachine {

    private static final Pattern NAME =
            Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private LocalMachine() {
    }

    /**
     * The name and port under which a request was made: Host, or what stands for it in HTTP/2; null if there is none. A
     * page of another site, whose name was made to point here, shows by this name.
     */
    public static String authority(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority == null ? null : authority.toString();
    }

    /** Whether a name, with or without a port, stands for this machine wherever it is asked for. */
    public static boolean isName(String authority) {
        return authority != null && NAME.matcher(authority).matches();
    }

    /** Whether an address or name leads to the loopback interface. */
    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

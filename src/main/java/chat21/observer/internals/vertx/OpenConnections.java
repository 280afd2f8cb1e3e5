package chat21.observer.internals.vertx;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import io.vertx.core.http.HttpConnection;

/** Bounds how many connections are open: for a new one, that is closed on which nothing was asked for longest. */
final class OpenConnections {

    private final int max;
    // The one that asked last is the last.
    private final Set<HttpConnection> open = new LinkedHashSet<>();

    OpenConnections(int max) {
        this.max = max;
    }

    /** A connection is new; it is forgotten when it ends. */
    void opened(HttpConnection connection) {
        HttpConnection leaving = null;
        synchronized (open) {
            open.add(connection);
            if (open.size() > max) {
                Iterator<HttpConnection> fromOldest = open.iterator();
                leaving = fromOldest.next();
                fromOldest.remove();
            }
        }
        connection.closeHandler(end -> {
            synchronized (open) {
                open.remove(connection);
            }
        });
        if (leaving != null) {
            leaving.close();
        }
    }

    /** A request came on a connection. */
    void asked(HttpConnection connection) {
        synchronized (open) {
            if (open.remove(connection)) {
                open.add(connection);
            }
        }
    }
}

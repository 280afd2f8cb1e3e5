package chat21.observer.http;

import java.util.List;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;

/** What HTTP asks of every server and the router does not do by itself. */
public final class LenientRequests {

    private LenientRequests() {
    }

    /** Answers HEAD as GET; the server leaves the body of the answer out by itself. */
    public static void answerHeadAsGet(RoutingContext http) {
        if (http.request().method().equals(HttpMethod.HEAD)) {
            http.reroute(HttpMethod.GET, http.request().uri());
        } else {
            http.next();
        }
    }

    /**
     * Lets what there is be the answer, whatever kinds a client names: scrapers name kinds with parameters that the router
     * takes for other ones, and a client that gets none of its kinds is better served than one that gets an error.
     */
    public static void acceptWhatThereIs(RoutingContext http) {
        List<MIMEHeader> accepted = http.parsedHeaders().accept();
        if (!accepted.isEmpty()) {
            accepted.clear();
        }
        http.next();
    }
}

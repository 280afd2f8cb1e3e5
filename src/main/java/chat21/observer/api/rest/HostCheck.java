package chat21.observer.api.rest;

import java.util.List;
import java.util.Locale;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import chat21.observer.http.LocalMachine;

/**
 * Answers only who calls this machine by a name of its own, while the API listens on loopback. A page of another site whose
 * name was made to point here would otherwise be, to the browser, of the same origin as the API.
 */
final class HostCheck implements Handler<RoutingContext> {

    private final String host;
    private final List<String> names;

    /** @param names those that count besides the local ones and the address itself */
    HostCheck(String host, List<String> names) {
        this.host = host;
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** Looks at all requests of a server, if that serves this machine alone. */
    static void add(Router router, String host, List<String> names) {
        if (LocalMachine.isLoopback(host)) {
            router.route().order(Integer.MIN_VALUE).handler(new HostCheck(host, names));
        }
    }

    @Override
    public void handle(RoutingContext http) {
        if (isOurs(LocalMachine.authority(http.request()))) {
            http.next();
        } else {
            http.response().putHeader("Connection", "close");
            RestServer.write(http, Answer.error(403,
                    "This server is not called by that name. The operator can allow it with REST_NAMES."));
        }
    }

    // Browsers always say whom they call.
    boolean isOurs(String authority) {
        if (authority == null || LocalMachine.isName(authority)) {
            return true;
        }
        String name = authority.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
        return name.equals(host) || names.contains(name);
    }
}

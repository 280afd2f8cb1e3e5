package chat21.observer.api.rest;

import java.util.Map;
import java.util.function.Function;

import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import chat21.observer.api.auth.Caller;
import chat21.observer.message.Payloads;

/**
 * Finds out who calls, and what the path says. It reads the request itself, not the headers that it became, since
 * headers, query and path share one map there.
 */
final class ReadRequest implements Processor {

    private static final String[] TOKEN_PARAMETERS = {"jwt", "JWT", "token"};

    /** The exchange property that holds the {@link AnswerRoom}. */
    static final String ROOM = "answerRoom";

    private static final String[] SCHEMES = {"JWT ", "Bearer "};

    private final Function<HttpServerRequest, Caller> callers;
    private final Payloads payloads;
    private final PathTemplate path;

    /** @param callers says of a request who makes it */
    ReadRequest(Function<HttpServerRequest, Caller> callers, Payloads payloads, PathTemplate path) {
        this.callers = callers;
        this.payloads = payloads;
        this.path = path;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest http = exchange.getMessage(HttpMessage.class).getRequest();
        Map<String, String> query = Query.parse(http.query());
        Caller caller = callers.apply(http);
        AnswerRoom room = exchange.getProperty(ROOM, AnswerRoom.class);
        room.claim(owner(caller));
        byte[] body = exchange.getMessage().getBody(byte[].class);
        exchange.getMessage().setBody(new Request(caller, path.ids(http.path()), query, http.getHeader("Content-Type"),
                PackedBody.unpack(body == null ? new byte[0] : body, http.getHeader("Content-Encoding"),
                        payloads.maxBytes()), payloads, room));
    }

    /** For whom bytes are held that a caller sends or is sent. */
    static String owner(Caller caller) {
        return caller.app() + "/" + caller.user();
    }

    /** The token that a request brings along, or null. */
    static String token(HttpServerRequest http) {
        return token(http.getHeader("Authorization"), Query.parse(http.query()));
    }

    static String token(String authorization, Map<String, String> query) {
        if (authorization != null) {
            for (String scheme : SCHEMES) {
                if (authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
                    return authorization.substring(scheme.length()).strip();
                }
            }
            return authorization.strip();
        }
        for (String name : TOKEN_PARAMETERS) {
            if (query.containsKey(name)) {
                return query.get(name);
            }
        }
        return null;
    }
}

package chat21.observer.api.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.auth.Unauthorized;
import chat21.observer.api.token.TokenSigner;
import chat21.observer.flow.presence.PresenceReads;
import chat21.observer.http.LocalMachine;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Scopes;

/**
 * Serves the page to try the chat, and what it asks for beside the REST API. All of it stands before the routes of that
 * API, so none of it gets the headers with which other sites' pages may call.
 */
final class DemoPage {

    private static final Duration TOKEN_VALIDITY = Duration.ofHours(8);
    private static final int MAX_USERS = 20;
    private static final int FIRST = -2;

    private final DemoSettings settings;
    private final LocalRequests localRequests;
    private final TokenCheck tokens;
    private final TokenSigner signer;
    private final FlowView flow;
    private final PresenceReads presences;
    private final PagePolicy policy;
    private final ObjectMapper json = new ObjectMapper();

    DemoPage(DemoSettings settings, LocalRequests localRequests, TokenCheck tokens, TokenSigner signer, FlowView flow,
            PresenceReads presences) {
        this.settings = settings;
        this.localRequests = localRequests;
        this.tokens = tokens;
        this.signer = signer;
        this.flow = flow;
        this.presences = presences;
        this.policy = new PagePolicy(settings.wsPort());
    }

    void addTo(Router router) {
        router.route(HttpMethod.GET, "/").order(FIRST).handler(this::page);
        for (String name : DemoFiles.names()) {
            byte[] bytes = DemoFiles.bytes(name);
            router.route(HttpMethod.GET, "/demo/" + name).order(FIRST)
                    .handler(http -> answer(http, 200, DemoFiles.type(name), bytes));
        }
        router.route(HttpMethod.GET, "/demo/config").order(FIRST).handler(this::config);
        router.route(HttpMethod.POST, "/demo/token").order(FIRST).handler(this::token);
        router.route(HttpMethod.GET, "/demo/flow").order(FIRST).blockingHandler(this::flow, false);
        router.route(HttpMethod.GET, "/demo/presence").order(FIRST).blockingHandler(this::presence, false);
        router.route("/demo/*").order(FIRST).handler(http -> error(http, 404, "There is no such file or call here."));
    }

    // Who does not ask for a page, such as a health check of an older deployment, gets the banner.
    private void page(RoutingContext http) {
        String accept = http.request().getHeader("Accept");
        http.response().putHeader("Vary", "Accept");
        if (accept != null && accept.contains("text/html")) {
            answer(http, 200, DemoFiles.type("index.html"), DemoFiles.bytes("index.html"));
        } else {
            http.next();
        }
    }

    private void config(RoutingContext http) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("app", settings.app());
        config.put("base", settings.base());
        config.put("mqttPort", settings.mqttPort());
        config.put("wsPort", settings.wsPort());
        config.put("tokens", localRequests.contain(http.request()));
        config.put("presence", settings.presence());
        json(http, config);
    }

    private void token(RoutingContext http) {
        String user = http.request().getParam("user");
        if (!localRequests.contain(http.request())) {
            error(http, 403, "Demo tokens are for this machine only, and for the key that was made here: make one with bin/token.");
        } else if (!Ids.isValid(user)) {
            error(http, 400, "user must be an id: up to 128 characters, without . / # * + and white space");
        } else {
            json(http, Map.of("token", signer.sign(settings.app(), user, TokenSigner.Role.USER,
                    Scopes.least(settings.app(), user), TOKEN_VALIDITY)));
        }
    }

    private void flow(RoutingContext http) {
        if (!mayLook(http)) {
            error(http, 403, "A token of this app is needed.");
            return;
        }
        try {
            answer(http, 200, "application/json; charset=utf-8", flow.json());
        } catch (JsonProcessingException e) {
            error(http, 500, "The flow cannot be shown.");
        }
    }

    private void presence(RoutingContext http) {
        String users = http.request().getParam("users", "");
        List<String> asked = Arrays.stream(users.split(",")).filter(Ids::isValid).limit(MAX_USERS).toList();
        if (!settings.presence() || !localRequests.contain(http.request())) {
            error(http, 403, "Presence is shown on this machine, and where it is on, only.");
            return;
        }
        try {
            Map<String, Boolean> online = new LinkedHashMap<>();
            presences.of(settings.app(), "", true, asked).forEach(one -> online.put(one.user(), one.online()));
            json(http, online);
        } catch (SQLException e) {
            error(http, 503, "The database does not answer.");
        }
    }

    private boolean mayLook(RoutingContext http) {
        if (localRequests.contain(http.request())) {
            return true;
        }
        try {
            return tokens.check(http.request().getHeader("Authorization")).app().equals(settings.app());
        } catch (Unauthorized e) {
            return false;
        }
    }

    private void json(RoutingContext http, Object value) {
        json(http, 200, value);
    }

    private void error(RoutingContext http, int status, String text) {
        json(http, status, Map.of("success", false, "err", text));
    }

    private void json(RoutingContext http, int status, Object value) {
        try {
            answer(http, status, "application/json; charset=utf-8", json.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(RoutingContext http, int status, String type, byte[] body) {
        policy.apply(LocalMachine.authority(http.request()), http.response());
        http.response().setStatusCode(status).putHeader("Content-Type", type).end(Buffer.buffer(body));
    }
}

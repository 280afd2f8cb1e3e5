package chat21.observer.api.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.auth.Unauthorized;
import chat21.observer.api.token.TokenSigner;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Scopes;

/**
 * Stands in for the product's back end while an integrator tries a real web client: it signs anybody in, names users, and
 * describes a widget. It does so where the page may have tokens, and nowhere else. Nothing is kept.
 */
final class DevelopmentSignIn {

    /** The path that its calls begin with. */
    static final String BASE = "/demo/backend/";

    private static final String SIGN_IN = BASE + "auth/signin";
    private static final String SIGN_IN_ANONYMOUSLY = BASE + "auth/signinAnonymously";
    private static final Duration TOKEN_VALIDITY = Duration.ofHours(8);
    private static final List<String> CONTACTS = List.of("alice", "bob", "carol", "dave");
    // Before the page's own answer to what it does not know.
    private static final int FIRST = -4;

    private final String app;
    private final LocalRequests localRequests;
    private final TokenCheck tokens;
    private final TokenSigner signer;
    private final ObjectMapper json = new ObjectMapper();

    /** @param signer makes tokens; null where nobody is given one */
    DevelopmentSignIn(String app, LocalRequests localRequests, TokenCheck tokens, TokenSigner signer) {
        this.app = app;
        this.localRequests = localRequests;
        this.tokens = tokens;
        this.signer = signer;
    }

    /** Whether a request is made by who has no token yet, and may be given one. */
    static boolean isFirstCall(HttpServerRequest http, LocalRequests localRequests) {
        return (SIGN_IN.equals(http.path()) || SIGN_IN_ANONYMOUSLY.equals(http.path())) && localRequests.contain(http);
    }

    void addTo(Router router) {
        router.route(BASE + "*").order(FIRST).handler(this::onlyHere);
        router.route(HttpMethod.POST, SIGN_IN).order(FIRST + 1).handler(this::signIn);
        router.route(HttpMethod.POST, SIGN_IN_ANONYMOUSLY).order(FIRST + 1).handler(http ->
                signedIn(http, "visitor-" + UUID.randomUUID()));
        router.route(HttpMethod.POST, BASE + "auth/signinWithCustomToken").order(FIRST + 1).handler(guarded(http ->
                signedIn(http, caller(http))));
        router.route(HttpMethod.POST, BASE + "chat21/native/auth/createCustomToken").order(FIRST + 1)
                .handler(guarded(this::customToken));
        router.route(HttpMethod.GET, BASE + "chat21/contacts").order(FIRST + 1).handler(guarded(http -> {
            String self = caller(http);
            answer(http, 200, CONTACTS.stream().filter(user -> !user.equals(self)).map(DevelopmentSignIn::user).toList());
        }));
        router.route(HttpMethod.GET, BASE + "users_util/:user").order(FIRST + 1).handler(http ->
                answer(http, 200, user(http.pathParam("user"))));
        router.route(HttpMethod.GET, BASE + ":project/widgets").order(FIRST + 1).handler(http ->
                answer(http, 200, widget(http.pathParam("project"))));
    }

    private void onlyHere(RoutingContext http) {
        if (signer == null || !localRequests.contain(http.request())) {
            error(http, 403, "This stands in for a back end on this machine only, and for the key that was made here.");
            return;
        }
        http.next();
    }

    // The router would make a failure of what a handler throws.
    private Handler<RoutingContext> guarded(Handler<RoutingContext> handler) {
        return http -> {
            try {
                handler.handle(http);
            } catch (Unauthorized e) {
                error(http, 403, e.getMessage());
            }
        };
    }

    // Any password will do: whoever asks may have a token of anybody.
    private void signIn(RoutingContext http) {
        JsonNode body;
        try {
            body = json.readTree(http.body().buffer() == null ? new byte[0] : http.body().buffer().getBytes());
        } catch (IOException e) {
            error(http, 400, "The body must be a JSON object.");
            return;
        }
        String user = body.path("email").asText().strip().replaceFirst("@.*", "").replaceAll("[./#*+\\s]", "-");
        if (!Ids.isValid(user)) {
            error(http, 400, "email must begin with an id: up to 128 characters before the @");
            return;
        }
        signedIn(http, user);
    }

    private void signedIn(RoutingContext http, String user) {
        answer(http, 200, Map.of("success", true, "token", "JWT " + token(user), "user", user(user)));
    }

    private void customToken(RoutingContext http) {
        String user = caller(http);
        answer(http, 200, Map.of("userid", user, "token", token(user), "fullname", user(user).get("fullname")));
    }

    private String token(String user) {
        return signer.sign(app, user, TokenSigner.Role.USER, Scopes.least(app, user), TOKEN_VALIDITY);
    }

    private String caller(RoutingContext http) {
        String authorization = http.request().getHeader("Authorization");
        return tokens.check(authorization == null ? null : authorization.replaceFirst("(?i)^(JWT|Bearer) ", "").strip()).user();
    }

    private static Map<String, Object> user(String id) {
        Map<String, Object> user = new LinkedHashMap<>();
        String name = id.isEmpty() ? id : id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
        user.put("_id", id);
        user.put("uid", id);
        user.put("firstname", name);
        user.put("lastname", "");
        user.put("fullname", name);
        user.put("email", id + "@example.org");
        return user;
    }

    private static Map<String, Object> widget(String project) {
        return Map.of("project", Map.of("_id", project, "name", project, "widget", Map.of(), "activeOperatingHours", false),
                "departments", List.of(Map.of("_id", "default", "name", "Default Department", "default", true,
                        "id_project", project, "status", 1)),
                "user_available", List.of(Map.of("id", CONTACTS.get(0), "firstname", user(CONTACTS.get(0)).get("firstname"))),
                "bots", List.of(), "waiting", Map.of());
    }

    private void error(RoutingContext http, int status, String text) {
        answer(http, status, Map.of("success", false, "msg", text));
    }

    private void answer(RoutingContext http, int status, Object value) {
        try {
            http.response().setStatusCode(status).putHeader("Content-Type", "application/json; charset=utf-8")
                    .putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff")
                    .end(Buffer.buffer(json.writeValueAsBytes(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

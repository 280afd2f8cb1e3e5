package chat21.observer.api.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

import io.vertx.core.http.HttpServerRequest;

import chat21.observer.api.auth.Caller;
import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.auth.Unauthorized;
import chat21.observer.settings.Settings;

/** The secret in the path of the call that takes webhook events for push: there it stands for a token of the caller. */
final class PushToken {

    /** The call. */
    static final String PATH = "/push/webhook/endpoint/{token}";

    private static final String CALLER = "push-webhook";

    private final PathTemplate path;
    private final String shape;
    private final List<byte[]> secrets;

    /**
     * @param base    the path that the calls begin with
     * @param secrets any of them lets in; empty ones do not count
     */
    PushToken(String base, List<String> secrets) {
        String template = base + "/{app}" + PATH;
        this.path = new PathTemplate(template);
        this.shape = template.replaceAll("\\{[a-z]+}", "[^/]*") + "/?";
        this.secrets = secrets.stream().filter(secret -> !secret.isEmpty())
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8)).toList();
    }

    static PushToken from(Settings settings) {
        return new PushToken(settings.text("chat21.rest.base"), List.of(settings.text("chat21.push.webhook-token"),
                settings.text("chat21.push.admin-token")));
    }

    /** Who calls, by this secret for this call and by a checked token for any other. */
    Caller caller(HttpServerRequest http, TokenCheck tokens) {
        return http.path() != null && http.path().matches(shape) ? caller(http)
                : tokens.check(ReadRequest.token(http));
    }

    /**
     * Who makes this call.
     *
     * @throws Unauthorized if the path has another secret, or none is set
     */
    Caller caller(HttpServerRequest http) {
        Map<String, String> ids = path.ids(http.path());
        byte[] given = ids.get("token").getBytes(StandardCharsets.UTF_8);
        boolean right = false;
        for (byte[] secret : secrets) {
            right |= MessageDigest.isEqual(secret, given);
        }
        if (!right) {
            throw new Unauthorized();
        }
        return new Caller(ids.get("app"), CALLER, false, Map.of());
    }
}

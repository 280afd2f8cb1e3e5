package chat21.observer.api.demo;

import java.util.function.Predicate;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.apache.camel.CamelContext;

import chat21.observer.api.auth.SigningKey;
import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.token.TokenSigner;
import chat21.observer.database.Database;
import chat21.observer.flow.presence.PresenceReads;
import chat21.observer.settings.Settings;

/** Builds the page to try the chat, if it is on. */
public final class DemoWiring {

    private DemoWiring() {
    }

    /**
     * Tells which requests are made by who has no token yet, and may be given one by the stand-in for a back end.
     *
     * @param host the address that the server of the REST API listens on
     */
    public static Predicate<HttpServerRequest> firstCalls(Settings settings, SigningKey key, String host) {
        LocalRequests local = signIns(settings, key, host);
        boolean on = settings.flag("chat21.demo.enabled");
        return http -> on && DevelopmentSignIn.isFirstCall(http, local);
    }

    // A real client may be served by another port of this machine.
    private static LocalRequests signIns(Settings settings, SigningKey key, String host) {
        return new LocalRequests(key.isOurOwn(), host, settings.list("chat21.rest.cors-origins"));
    }

    /**
     * Adds the page to the server of the REST API.
     *
     * @param host the address that this server listens on
     */
    public static void add(CamelContext context, Settings settings, SigningKey key, TokenCheck tokens, String host,
            Database database, Router router) {
        if (!settings.flag("chat21.demo.enabled")) {
            return;
        }
        // A page that came over TLS gets no connection without.
        boolean plain = settings.text("chat21.rest.certificate-file").isEmpty();
        String webSocket = plain ? "chat21.mqtt.ws-port" : "chat21.mqtt.wss-port";
        DemoSettings demo = new DemoSettings(settings.required("chat21.app-id"), settings.text("chat21.rest.base"),
                settings.number("chat21.mqtt.port"), settings.number(webSocket), settings.flag("chat21.presence.enabled"));
        // Without a key that was made here nobody is given a token.
        TokenSigner signer = key.isOurOwn() ? new TokenSigner(key.text()) : null;
        new DemoPage(demo, new LocalRequests(key.isOurOwn(), host), tokens, signer, new FlowView(context),
                new PresenceReads(database)).addTo(router);
        new DevelopmentSignIn(demo.app(), signIns(settings, key, host), tokens, signer).addTo(router);
    }
}

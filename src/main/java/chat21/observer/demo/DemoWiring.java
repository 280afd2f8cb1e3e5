package chat21.observer.demo;

import io.vertx.ext.web.Router;
import org.apache.camel.CamelContext;

import chat21.observer.auth.SigningKey;
import chat21.observer.auth.TokenCheck;
import chat21.observer.settings.Settings;
import chat21.observer.store.Database;
import chat21.observer.token.TokenSigner;

/** Builds the page to try the chat, if it is on. */
public final class DemoWiring {

    private DemoWiring() {
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
        DemoSettings demo = new DemoSettings(settings.required("chat21.app-id"), settings.text("chat21.rest.base"),
                settings.number("chat21.mqtt.port"), settings.number("chat21.mqtt.ws-port"), settings.flag("chat21.presence.enabled"));
        // Without a key that was made here nobody is given a token.
        TokenSigner signer = key.isOurOwn() ? new TokenSigner(key.text()) : null;
        new DemoPage(demo, new LocalRequests(key.isOurOwn(), host), tokens, signer, new FlowView(context),
                new OnlineUsers(database, demo.app())).addTo(router);
    }
}

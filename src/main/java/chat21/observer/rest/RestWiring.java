package chat21.observer.rest;

import org.apache.camel.CamelContext;

import chat21.observer.auth.AuthSettings;
import chat21.observer.auth.ListenHost;
import chat21.observer.auth.PublishedKeys;
import chat21.observer.auth.TokenCheck;
import chat21.observer.conversation.ConversationJson;
import chat21.observer.conversation.ConversationReads;
import chat21.observer.history.MessageReads;
import chat21.observer.message.PayloadLimits;
import chat21.observer.message.Payloads;
import chat21.observer.settings.Settings;
import chat21.observer.settings.WrongSetting;
import chat21.observer.store.Database;

/** Builds the REST API from its settings. */
public final class RestWiring {

    private final CamelContext context;
    private final Settings settings;
    private final Database database;

    public RestWiring(CamelContext context, Settings settings, Database database) {
        this.context = context;
        this.settings = settings;
        this.database = database;
    }

    /** Starts the server and adds the routes. */
    public void start() throws Exception {
        AuthSettings auth = new AuthSettings(settings.required("chat21.jwt-key"), settings.text("chat21.jwt-jwks"),
                settings.required("chat21.jwt-audience"));
        TokenCheck tokens = tokens(auth);
        RestSettings rest = new RestSettings(ListenHost.of(settings.text("chat21.rest.host"), auth),
                settings.number("chat21.rest.port", 0, 65_535),
                settings.number("chat21.rest.max-body-bytes", 1_024, 64 * 1_048_576),
                settings.list("chat21.rest.cors-origins"));
        Payloads payloads = new Payloads(new PayloadLimits((int) rest.maxBodyBytes(),
                settings.number("chat21.payload.max-depth", 4, 1_000),
                settings.number("chat21.rest.max-body-tokens", 100, 10_000_000)));
        RestServer.start(context, rest);
        context.addRoutes(new HistoryRoutes(tokens, payloads,
                new ConversationReads(database, payloads, new ConversationJson(payloads)), new MessageReads(database)));
    }

    private static TokenCheck tokens(AuthSettings auth) {
        try {
            return new TokenCheck(auth, PublishedKeys.of(auth));
        } catch (IllegalArgumentException e) {
            throw new WrongSetting("chat21.jwt-jwks", "does not lead to public keys: " + e.getMessage());
        }
    }
}

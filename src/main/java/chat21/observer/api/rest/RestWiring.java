package chat21.observer.api.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.apache.camel.CamelContext;

import chat21.observer.api.auth.AuthSettings;
import chat21.observer.api.auth.Caller;
import chat21.observer.api.auth.PublishedKeys;
import chat21.observer.api.auth.SigningKey;
import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.contact.Contacts;
import chat21.observer.api.demo.DemoWiring;
import chat21.observer.api.gate.GateWiring;
import chat21.observer.api.group.GroupLimits;
import chat21.observer.api.group.Groups;
import chat21.observer.api.privacy.Deletions;
import chat21.observer.api.privacy.UserExport;
import chat21.observer.api.push.FcmPush;
import chat21.observer.api.push.FcmSettings;
import chat21.observer.api.push.Instances;
import chat21.observer.api.push.Notifier;
import chat21.observer.api.push.PushService;
import chat21.observer.api.send.MessageSender;
import chat21.observer.api.send.MessageSender.SenderRights;
import chat21.observer.api.send.SentMessages;
import chat21.observer.database.Database;
import chat21.observer.engine.broker.Connections;
import chat21.observer.engine.publish.PooledPublisher;
import chat21.observer.flow.block.BlockLists;
import chat21.observer.flow.conversation.ConversationJson;
import chat21.observer.flow.conversation.ConversationReads;
import chat21.observer.flow.history.MessageReads;
import chat21.observer.flow.presence.PresenceReads;
import chat21.observer.http.LocalMachine;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.MessageIds;
import chat21.observer.protocol.PayloadLimits;
import chat21.observer.settings.Settings;
import chat21.observer.tls.OwnCertificate;

/** Builds the REST API from its settings. */
public final class RestWiring implements AutoCloseable {

    // They read what has just been written.
    private static final int SYNC_READERS = 2;

    private final CamelContext context;
    private final Settings settings;
    private final Database database;
    private final Connections connections;
    private final String exchange;
    private final MessageIds ids;
    private final MeterRegistry meters;
    private SentMessages sent;

    /** @param exchange the exchange that clients publish to */
    public RestWiring(CamelContext context, Settings settings, Database database, Connections connections,
            String exchange, MessageIds ids, MeterRegistry meters) {
        this.context = context;
        this.meters = meters;
        this.settings = settings;
        this.database = database;
        this.connections = connections;
        this.exchange = exchange;
        this.ids = ids;
    }

    /** Starts the server and adds the routes. */
    public void start() throws Exception {
        SigningKey key = SigningKey.of(settings);
        AuthSettings auth = new AuthSettings(key.text(), settings.required("chat21.jwt-key-id"),
                settings.text("chat21.jwt-jwks"), settings.required("chat21.jwt-audience"),
                settings.flag("chat21.jwt-require-expiry"));
        TokenCheck tokens = tokens(auth);
        RestSettings rest = new RestSettings(settings.required("chat21.rest.host"),
                settings.number("chat21.rest.port"),
                settings.number("chat21.rest.max-body-bytes"),
                settings.number("chat21.rest.max-bytes-in-flight"),
                settings.number("chat21.rest.max-page-bytes"),
                settings.number("chat21.rest.max-connections"),
                settings.number("chat21.rest.max-requests"),
                settings.millis("chat21.rest.transfer-timeout-ms"),
                (int) settings.millis("chat21.rest.idle-timeout-ms"),
                origins(key), certificate());
        Payloads payloads = new Payloads(new PayloadLimits((int) rest.maxBodyBytes(), PayloadLimits.of(settings).maxDepth(),
                settings.number("chat21.rest.max-body-tokens")));
        GateWiring.start(context, settings, tokens, database, connections.delivering(), exchange, meters);
        PooledPublisher publisher = new PooledPublisher(connections.publishing(),
                settings.millis("chat21.rest.confirm-timeout-ms"));
        PushToken webhook = PushToken.from(settings);
        Predicate<HttpServerRequest> firstCalls = DemoWiring.firstCalls(settings, key, rest.host());
        Router router = RestServer.start(context, rest, http ->
                firstCalls.test(http) ? new Caller("", "signs-in", false, Map.of()) : webhook.caller(http, tokens), meters);
        HostCheck.add(router, rest.host(), settings.list("chat21.rest.names"));
        DemoWiring.add(context, settings, key, tokens, rest.host(), database, router);
        context.getRegistry().bind("chat21-rest", database.source());
        context.addRoutes(new InfoRoutes(tokens, payloads));
        Groups groups = groups(payloads, publisher);
        context.addRoutes(new GroupRoutes(tokens, payloads, groups, ids));
        context.addRoutes(new MessageRoutes(tokens, payloads, sender(publisher), publisher, exchange,
                settings.millis("chat21.rest.sync-timeout-ms")));
        ConversationReads conversations =
                new ConversationReads(database, payloads, new ConversationJson(payloads));
        MessageReads messages = new MessageReads(database);
        context.addRoutes(new HistoryRoutes(tokens, payloads, conversations, messages));
        context.addRoutes(new PresenceRoutes(tokens, payloads,
                settings.flag("chat21.presence.enabled") ? new PresenceReads(database) : null));
        context.addRoutes(new BlockRoutes(tokens, payloads, new BlockLists(database,
                settings.number("chat21.block.max-blocks"))));
        context.addRoutes(new PrivacyRoutes(tokens, payloads, new Deletions(database, groups, ids),
                new UserExport(database, payloads, conversations, messages)));
        Instances instances = new Instances(database, settings.number("chat21.push.max-instances"));
        Notifier notifier = new Notifier(instances, push(), meters);
        context.addService(notifier);
        context.addRoutes(new PushRoutes(tokens, payloads, instances, notifier, ids, webhook));
    }

    // With a key that nobody else has only this machine's own page can have tokens, and no other one anything to ask. Who has
    // given a key has back ends and pages of its own, perhaps behind a proxy on this machine.
    private List<String> origins(SigningKey key) {
        List<String> origins = settings.list("chat21.rest.cors-origins");
        String scheme = settings.text("chat21.rest.certificate-file").isEmpty() ? "http://" : "https://";
        return origins.isEmpty() && key.isOurOwn() && LocalMachine.isLoopback(settings.required("chat21.rest.host"))
                ? Stream.of("localhost", "127.0.0.1", "[::1]")
                        .map(name -> scheme + name + ":" + settings.number("chat21.rest.port")).toList()
                : origins;
    }

    private OwnCertificate certificate() {
        String file = settings.text("chat21.rest.certificate-file");
        if (file.isEmpty()) {
            return null;
        }
        OwnCertificate own = new OwnCertificate(Path.of(file), Path.of(settings.text("chat21.rest.key-file")));
        try {
            own.read();
            return own;
        } catch (IOException | IllegalArgumentException e) {
            throw settings.wrong("chat21.rest.certificate-file", "does not work: " + e.getMessage());
        }
    }

    /** Lets nobody wait any longer for what the flow will say, before it comes to rest. */
    @Override
    public void close() {
        if (sent != null) {
            sent.close();
        }
    }

    private PushService push() {
        String project = settings.text("chat21.push.project");
        if (project.isEmpty() || settings.text("chat21.push.enabled").equals("false")) {
            return null;
        }
        try {
            return new FcmPush(new FcmSettings(settings.required("chat21.push.api"),
                    settings.required("chat21.push.tokens"), project, settings.required("chat21.push.client-email"),
                    settings.required("chat21.push.private-key")));
        } catch (IllegalArgumentException e) {
            throw settings.wrong("chat21.push.private-key", "does not work: " + e.getMessage());
        }
    }

    private Groups groups(Payloads payloads, PooledPublisher publisher) throws Exception {
        Contacts contacts = new Contacts(settings.text("chat21.contacts.endpoint"),
                Duration.ofMillis(settings.millis("chat21.contacts.timeout-ms")));
        Groups groups = new Groups(database, payloads, exchange, contacts, publisher, GroupLimits.of(settings), ids,
                settings.millis("chat21.rest.confirm-timeout-ms") + settings.millis("chat21.contacts.timeout-ms"))
                .countedBy(meters);
        context.addService(groups);
        return groups;
    }

    private MessageSender sender(PooledPublisher publisher) {
        sent = new SentMessages(connections.consuming());
        // What is sent here passes the flow, so the flow's limits count.
        Payloads payloads = new Payloads(PayloadLimits.of(settings));
        return new MessageSender(database, publisher, ids, payloads, new SenderRights(exchange, connections.user(exchange),
                Set.copyOf(settings.list("chat21.group.trusted-senders"))), sent,
                context.getExecutorServiceManager().newFixedThreadPool(this, "chat21-sync", SYNC_READERS));
    }

    private TokenCheck tokens(AuthSettings auth) {
        try {
            return new TokenCheck(auth, PublishedKeys.of(auth));
        } catch (IllegalArgumentException e) {
            throw settings.wrong("chat21.jwt-jwks", "does not lead to public keys: " + e.getMessage());
        }
    }
}

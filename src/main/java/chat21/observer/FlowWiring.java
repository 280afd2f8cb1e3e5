package chat21.observer;

import java.time.Clock;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.Registry;

import chat21.observer.analytics.Analytics;
import chat21.observer.block.SenderPolicy;
import chat21.observer.conversation.Archives;
import chat21.observer.conversation.ConversationJson;
import chat21.observer.conversation.ConversationPatches;
import chat21.observer.conversation.UnarchivedEvents;
import chat21.observer.group.GroupUpdates;
import chat21.observer.group.Members;
import chat21.observer.health.FlowCheck;
import chat21.observer.history.ReadyMessages;
import chat21.observer.inbox.Inboxes;
import chat21.observer.inbox.Outbox;
import chat21.observer.limit.RateLimit;
import chat21.observer.limit.RateLimitSettings;
import chat21.observer.message.MessageIds;
import chat21.observer.message.MessageReader;
import chat21.observer.message.PayloadLimits;
import chat21.observer.message.Payloads;
import chat21.observer.message.Resends;
import chat21.observer.metrics.Counts;
import chat21.observer.presence.Presences;
import chat21.observer.publish.BatchPublisher;
import chat21.observer.publish.ConfirmedPublisher;
import chat21.observer.receipt.Receipts;
import chat21.observer.receive.Acknowledger;
import chat21.observer.receive.BatchRunner;
import chat21.observer.receive.Gatherer;
import chat21.observer.receive.PromisedIds;
import chat21.observer.receive.RetrySettings;
import chat21.observer.receive.TakeDelivery;
import chat21.observer.refuse.DeadLetters;
import chat21.observer.refuse.Refusals;
import chat21.observer.settings.Settings;
import chat21.observer.store.BatchLookUp;
import chat21.observer.store.BatchStore;
import chat21.observer.store.Database;
import chat21.observer.store.FirstAttempts;
import chat21.observer.webhook.WebhookEvents;

/** Builds what a message goes through, in the order in which it does. */
final class FlowWiring {

    private final Settings settings;
    private final Registry registry;
    private final Payloads payloads;
    private final MessageIds ids;

    FlowWiring(Settings settings, Registry registry, Clock clock) {
        this.settings = settings;
        this.ids = new MessageIds(clock);
        this.registry = registry;
        this.payloads = new Payloads(new PayloadLimits(settings.number("chat21.payload.max-bytes", 1_024, 1_048_576),
                settings.number("chat21.payload.max-depth", 4, 1_000),
                settings.number("chat21.payload.max-tokens", 100, 10_000_000)));
    }

    Payloads payloads() {
        return payloads;
    }

    MessageIds ids() {
        return ids;
    }

    /** Gives the routes of a batch what they name, and returns what drives them. */
    BatchRunner bindBatch(CamelContext context, BrokerWiring broker, Database database, MeterRegistry meters,
            WebhookEvents events) {
        Gatherer gatherer = new Gatherer(settings.number("chat21.batch.max-messages", 1, 10_000),
                settings.number("chat21.batch.max-bytes", 1_024, 256 * 1_048_576),
                settings.number("chat21.batch.min-interval-ms", 0, 1_000));
        long windowMs = settings.millis("chat21.redelivery.window-ms", 1_000, 600_000);
        FirstAttempts firstAttempts = new FirstAttempts(database, ids, windowMs);
        registry.bind("takeDelivery", new TakeDelivery(gatherer, ids,
                new PromisedIds(ids, broker.connections().user(broker.topology().exchange()))));
        registry.bind("firstAttempts", firstAttempts);
        registry.bind("batchLookUp", new BatchLookUp(database));
        registry.bind("batchStore", new BatchStore(database, firstAttempts,
                new UnarchivedEvents(new ConversationJson(payloads), events)));
        registry.bind("batchPublisher", new BatchPublisher(broker.topology().exchange(),
                new DeadLetters(broker.topology().deadLetters()),
                new ConfirmedPublisher(broker.connections().publishing())));
        registry.bind("acknowledger", new Acknowledger());
        registry.bind("flowCheck", new FlowCheck(gatherer, settings.millis("chat21.health.stuck-after-ms", 100, 600_000)));
        registry.bind("counts", new Counts(meters, gatherer,
                settings.number("chat21.metrics.max-label-values", 1, 100_000)));
        ProducerTemplate template = context.createProducerTemplate();
        return new BatchRunner(gatherer, batch -> {
            Exchange done = template.send("direct:commit-batch", exchange -> exchange.getMessage().setBody(batch));
            return done.getException();
        }, firstAttempts, retrySettings(windowMs));
    }

    /** Gives the routes of a single message what they name. */
    void bindMessage(Database database) {
        Set<String> trusted = Set.copyOf(settings.list("chat21.group.trusted-senders"));
        registry.bind("rateLimit", new RateLimit(RateLimitSettings.of(settings), trusted));
        registry.bind("messageReader", new MessageReader(payloads));
        registry.bind("senderPolicy", new SenderPolicy());
        registry.bind("resends", new Resends(database, payloads));
        Members members = new Members(settings.number("chat21.group.max-inline-members", 1, 100_000), trusted);
        registry.bind("members", members);
        registry.bind("inboxes", new Inboxes(members));
        registry.bind("outbox", new Outbox());
        registry.bind("refusals", new Refusals());
    }

    /** Gives the routes of everything that is not a new message what they name. */
    void bindUpdates(String exchange, WebhookEvents events, Analytics analytics) {
        registry.bind("receipts", new Receipts(payloads, exchange, events, analytics));
        registry.bind("conversationPatches", new ConversationPatches(payloads, exchange,
                Set.copyOf(settings.list("chat21.conversation.client-fields")),
                settings.number("chat21.conversation.max-client-bytes", 64, 65_536)));
        registry.bind("archives", new Archives(payloads, new ConversationJson(payloads), exchange, events));
        registry.bind("presences", new Presences(payloads, events, analytics));
        registry.bind("groupUpdates", new GroupUpdates(payloads, exchange));
        registry.bind("readyMessages", new ReadyMessages(payloads, exchange, events));
    }

    private RetrySettings retrySettings(long windowMs) {
        return new RetrySettings(settings.number("chat21.retry.max-tries", 1, 100),
                settings.millis("chat21.retry.first-pause-ms", 1, 60_000),
                settings.millis("chat21.retry.max-pause-ms", 1, 600_000), windowMs,
                settings.millis("chat21.stop-timeout-ms", 0, 600_000));
    }
}

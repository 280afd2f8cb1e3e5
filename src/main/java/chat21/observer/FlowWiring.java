package chat21.observer;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.Registry;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseAway;
import chat21.observer.database.DurableTransactions;
import chat21.observer.database.RowKeys;
import chat21.observer.engine.batch.Acknowledger;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchPublisher;
import chat21.observer.engine.batch.BatchQueue;
import chat21.observer.engine.batch.BatchRoutes;
import chat21.observer.engine.batch.BatchRunner;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.engine.batch.FlowGate;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.engine.batch.RetrySettings;
import chat21.observer.engine.batch.Unacknowledged;
import chat21.observer.engine.broker.Intake;
import chat21.observer.engine.partition.MessageQueues;
import chat21.observer.engine.publish.ConfirmedPublisher;
import chat21.observer.engine.publish.PooledPublisher;
import chat21.observer.engine.receive.AboutBody;
import chat21.observer.engine.receive.TakeDelivery;
import chat21.observer.engine.redelivery.QueueOwners;
import chat21.observer.engine.redelivery.RedeliveryLog;
import chat21.observer.engine.refuse.DeadLetters;
import chat21.observer.flow.conversation.Archives;
import chat21.observer.flow.conversation.ConversationJson;
import chat21.observer.flow.conversation.ConversationPatches;
import chat21.observer.flow.conversation.UnarchivedNews;
import chat21.observer.flow.group.GroupUpdates;
import chat21.observer.flow.history.ReadyMessageStore;
import chat21.observer.flow.history.ReadyMessages;
import chat21.observer.flow.history.StoreReadyMessage;
import chat21.observer.flow.inbox.InboxComponent;
import chat21.observer.flow.policy.Answers;
import chat21.observer.flow.policy.Policies;
import chat21.observer.flow.policy.PolicyComponent;
import chat21.observer.flow.policy.PolicySettings;
import chat21.observer.flow.policy.PolicySteps;
import chat21.observer.flow.presence.PresenceNews;
import chat21.observer.flow.presence.Presences;
import chat21.observer.flow.receipt.Receipts;
import chat21.observer.flow.store.BatchLookUp;
import chat21.observer.flow.store.BatchPart;
import chat21.observer.flow.store.BatchStore;
import chat21.observer.flow.store.Changes;
import chat21.observer.flow.typing.Typings;
import chat21.observer.message.Deleted;
import chat21.observer.message.MessageReader;
import chat21.observer.message.Payloads;
import chat21.observer.ops.health.ProblemCheck;
import chat21.observer.ops.metrics.Counts;
import chat21.observer.out.analytics.Analytics;
import chat21.observer.out.event.EventComponent;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.MessageIds;
import chat21.observer.protocol.PayloadLimits;
import chat21.observer.settings.Settings;

/** Builds what a message goes through, in the order in which it does. */
final class FlowWiring {

    private static final long LAST_TRY_MS = 1_000;

    private final Settings settings;
    private final Registry registry;
    private final Payloads payloads;
    private final RowKeys keys;
    private final MessageIds ids;
    private final LargeGroups largeGroups;
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final BatchQueue batchQueue;
    private QueueOwners owners;
    private FlowGate gate;
    private RedeliveryLog redeliveryLog;
    private final PayloadLimits limits;
    private BatchPublisher batchPublisher;
    private BatchLookUp batchLookUp;

    FlowWiring(Settings settings, Registry registry, Clock clock, Intake intake) {
        this.settings = settings;
        this.ids = new MessageIds(clock);
        this.keys = new RowKeys(clock);
        this.registry = registry;
        this.limits = PayloadLimits.of(settings);
        this.payloads = new Payloads(limits);
        this.largeGroups = new LargeGroups(settings.number("chat21.batch.max-copies"));
        this.batchQueue = new BatchQueue(settings.number("chat21.batch.max-messages"),
                settings.number("chat21.batch.max-bytes"),
                settings.number("chat21.batch.min-interval-ms"), largeGroups, intake);
    }

    /** The {@code direct:} names that this calls by itself. */
    static Set<String> entrances() {
        return Set.of("commit-batch", "commit-portion", "acknowledge-batch");
    }

    /** What every batch passes. */
    FlowGate gate() {
        return gate;
    }

    /** To be called while no batch passes, before a consumer of the flow is stopped: all that came is acknowledged. */
    void forgetAcknowledged() {
        try {
            redeliveryLog.forget();
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    /** To be called once no batch comes any more: what the broker did not take is tried a last time. */
    void finish() {
        try {
            batchPublisher.finish(LAST_TRY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Payloads payloads() {
        return payloads;
    }

    MessageIds ids() {
        return ids;
    }

    /** Gives the routes of a batch what they name, and returns what drives them. */
    BatchRunner bindBatch(CamelContext context, BrokerWiring broker, Database database,
            DurableTransactions transactions, MeterRegistry meters, WebhookEvents events) {
        long windowMs = settings.millis("chat21.redelivery.window-ms");
        owners = new QueueOwners(database, broker.nodeName(), broker.queuesWithoutOwner());
        registry.bind("queueOwners", owners);
        redeliveryLog = new RedeliveryLog(database, ids, owners, largeGroups, unacknowledged, windowMs);
        registry.bind("takeDelivery", new TakeDelivery(batchQueue, payloads.maxBytes(), ids,
                broker.connections().user(broker.topology().exchange()), unacknowledged));
        registry.bind("redeliveryLog", redeliveryLog);
        batchLookUp = new BatchLookUp(database);
        registry.bind("batchLookUp", batchLookUp);
        registry.bind("largeGroups", largeGroups);
        registry.bind("batchStore", new BatchStore(new UnarchivedNews(payloads, broker.topology().exchange(), events), keys));
        registry.bind("batchTransaction", new BatchTransaction(transactions));
        registry.bind("isToBeStored", AboutBody.is(Batch.class, BatchStore::isConcerned));
        registry.bind("asksForChange", AboutBody.is(BatchPart.class, part -> part.change() != null));
        batchPublisher = new BatchPublisher(broker.topology().exchange(),
                new DeadLetters(broker.topology().deadLetters(), limits.maxBytes()),
                ConfirmedPublisher.from(settings, broker.connections().publishing(), "inboxes", meters),
                ConfirmedPublisher.from(settings, broker.connections().publishing(), "events", meters), events::bundled);
        registry.bind("batchPublisher", batchPublisher);
        Acknowledger acknowledger = new Acknowledger(unacknowledged);
        registry.bind("acknowledger", acknowledger);
        registry.bind("flowCheck", ProblemCheck.ofFlow(batchQueue, settings.millis("chat21.health.stuck-after-ms")));
        registry.bind("counts", new Counts(meters, batchQueue,
                settings.number("chat21.metrics.max-label-values")));
        gate = new FlowGate(new BatchRoutes(context.createProducerTemplate()), batchQueue);
        return new BatchRunner(batchQueue, gate, acknowledger, redeliveryLog::forget, retrySettings(windowMs), meters);
    }

    /** Gives integrators' own routes their places in the flow, and returns the component that leads to these. */
    Supplier<Component> bindPolicies(BrokerWiring broker, MeterRegistry meters) {
        PolicySettings policy = PolicySettings.from(settings);
        Policies policies = new Policies(meters);
        registry.bind("policiesCheck", ProblemCheck.ofTold("policies", policies::problem));
        registry.bind("policies", new PolicySteps(policies, new MessageReader(payloads), payloads, batchLookUp));
        Answers answers = new Answers(new PooledPublisher(broker.connections().publishing(), policy.timeoutMs()),
                broker.topology().exchange(), payloads, meters);
        return () -> new PolicyComponent(policies, policy, answers);
    }

    /** Lets what clients say in, once the routes are there. */
    void start(CamelContext context, MessageQueues messages) {
        messages.start(context, batchQueue, redeliveryLog, owners,
                settings.millis("chat21.partitions.balance-interval-ms"),
                settings.millis("chat21.database.give-up-after-ms"));
    }

    /** Gives the routes of a single message what they name. */
    void bindMessage(Database database) {
        registry.bind("chat21", database.forRoutes(settings.number("chat21.database.route-connections")));
        MessageWiring.bind(registry, settings, payloads, database);
    }

    /** Gives the routes of everything that is not a new message what they name. */
    void bindUpdates(String exchange, WebhookEvents events, MeterRegistry meters) {
        int maxMessages = settings.number("chat21.batch.max-messages");
        // More than a batch waits: whoever types has to wait for what is said.
        Typings typings = new Typings(payloads, settings.number("chat21.typing.max-members"),
                () -> batchQueue.size() > maxMessages, meters);
        registry.bind("changes", new Changes());
        registry.bind("receipts", new Receipts(payloads));
        registry.bind("conversationPatches", new ConversationPatches(payloads,
                Set.copyOf(settings.list("chat21.conversation.client-fields")),
                settings.number("chat21.conversation.max-client-bytes")));
        registry.bind("archives", new Archives(payloads, new ConversationJson(payloads)));
        registry.bind("presences", new Presences(payloads, settings.number("chat21.presence.max-clients")));
        registry.bind("presenceNews", new PresenceNews(payloads, settings.number("chat21.presence.max-told")));
        registry.bind("typings", typings);
        registry.bind("isTimely", AboutBody.is(Typings.Typing.class, typings::isTimely));
        registry.bind("groupUpdates", new GroupUpdates(payloads));
        registry.bind("readyMessages", new ReadyMessages(payloads, Deleted.dropped(meters, "ready-messages")));
        registry.bind("isDelivered", AboutBody.is(StoreReadyMessage.class, StoreReadyMessage::isDelivered));
        registry.bind("readyMessageStore", new ReadyMessageStore(payloads, keys,
                new UnarchivedNews(payloads, exchange, events)));
    }

    /** The components of the flow's own endpoints, by their names, each made anew. */
    static Map<String, Supplier<Component>> endpoints(String exchange, MeterRegistry meters, WebhookEvents events,
            Analytics analytics) {
        return Map.of("inbox", () -> new InboxComponent(exchange, meters),
                "event", () -> new EventComponent(events, analytics));
    }

    private RetrySettings retrySettings(long windowMs) {
        return new RetrySettings(settings.number("chat21.retry.max-tries"),
                settings.millis("chat21.retry.first-pause-ms"),
                settings.millis("chat21.retry.max-pause-ms"), windowMs,
                settings.millis("chat21.stop-timeout-ms"));
    }
}

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
import chat21.observer.engine.partition.MessageQueues;
import chat21.observer.engine.publish.ConfirmedPublisher;
import chat21.observer.engine.publish.PooledPublisher;
import chat21.observer.engine.receive.AboutBody;
import chat21.observer.engine.receive.TakeDelivery;
import chat21.observer.engine.redelivery.QueueOwners;
import chat21.observer.engine.redelivery.RedeliveryLog;
import chat21.observer.engine.refuse.DeadLetters;
import chat21.observer.flow.conversation.UnarchivedNews;
import chat21.observer.flow.history.ReadyMessageStore;
import chat21.observer.flow.inbox.InboxComponent;
import chat21.observer.flow.policy.Answers;
import chat21.observer.flow.policy.Policies;
import chat21.observer.flow.policy.PolicyComponent;
import chat21.observer.flow.policy.PolicySettings;
import chat21.observer.flow.policy.PolicySteps;
import chat21.observer.flow.store.BatchLookUp;
import chat21.observer.flow.store.BatchPart;
import chat21.observer.flow.store.BatchStore;
import chat21.observer.message.Change;
import chat21.observer.message.MessageReader;
import chat21.observer.message.Payloads;
import chat21.observer.ops.health.ProblemCheck;
import chat21.observer.ops.metrics.Counts;
import chat21.observer.out.analytics.Analytics;
import chat21.observer.out.event.EventComponent;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.MessageIds;
import chat21.observer.settings.Settings;

/** Makes what a message goes through, in the order in which it does, and gives the routes what they name of it. */
final class FlowWiring {

    /** The {@code direct:} names that this calls by itself. */
    static final Set<String> ENTRANCES = Set.of("commit-batch", "commit-portion", "acknowledge-batch");

    private static final long LAST_TRY_MS = 1_000;

    private final MessageIds ids;
    private final BatchQueue batchQueue;
    private final QueueOwners owners;
    private final RedeliveryLog redeliveryLog;
    private final BatchPublisher batchPublisher;
    private final FlowGate gate;
    private final BatchRunner runner;
    private final Map<String, Supplier<Component>> components;

    /** What a flow leads to, or nothing of it where nobody is to hear of it. */
    record Outside(BrokerWiring broker, Database database, DurableTransactions transactions, WebhookEvents events,
            Analytics analytics, MeterRegistry meters) {

        String exchange() {
            return broker.topology().exchange();
        }

        ConfirmedPublisher publisher(Settings settings, String name) {
            return ConfirmedPublisher.from(settings, broker.connections().publishing(), name, meters);
        }
    }

    FlowWiring(CamelContext context, Clock clock, Payloads payloads, Outside outside) {
        Settings settings = new Settings(context);
        Registry registry = context.getRegistry();
        BrokerWiring broker = outside.broker;
        MeterRegistry meters = outside.meters;
        int maxMessages = settings.number("chat21.batch.max-messages");
        long windowMs = settings.millis("chat21.redelivery.window-ms");

        // What comes, and is known of it.
        ids = new MessageIds(clock);
        LargeGroups largeGroups = new LargeGroups(settings.number("chat21.batch.max-copies"));
        batchQueue = new BatchQueue(maxMessages, settings.number("chat21.batch.max-bytes"),
                settings.number("chat21.batch.min-interval-ms"), largeGroups, broker.intake());
        Unacknowledged unacknowledged = new Unacknowledged();
        owners = new QueueOwners(outside.database, broker.nodeName(), broker.queuesWithoutOwner());
        redeliveryLog = new RedeliveryLog(outside.database, ids, owners, largeGroups, unacknowledged, windowMs);
        BatchLookUp batchLookUp = new BatchLookUp(outside.database);
        registry.bind("takeDelivery", new TakeDelivery(batchQueue, payloads.maxBytes(), ids,
                broker.connections().user(outside.exchange()), unacknowledged));
        registry.bind("queueOwners", owners);
        registry.bind("redeliveryLog", redeliveryLog);
        registry.bind("batchLookUp", batchLookUp);
        registry.bind("largeGroups", largeGroups);

        // What becomes of one message.
        MessageWiring.bindMessage(registry, settings, payloads, outside.database);
        PolicySettings policy = PolicySettings.from(settings);
        Policies policies = new Policies(meters);
        registry.bind("policiesCheck", ProblemCheck.ofTold("policies", policies::problem));
        registry.bind("policies", new PolicySteps(policies, new MessageReader(payloads), payloads, batchLookUp));
        Answers answers = new Answers(new PooledPublisher(broker.connections().publishing(), policy.timeoutMs()),
                outside.exchange(), payloads, meters);
        components = Map.of("inbox", () -> new InboxComponent(outside.exchange(), meters),
                "event", () -> new EventComponent(outside.events, outside.analytics),
                "policy", () -> new PolicyComponent(policies, policy, answers));
        registry.bind("webhookEvents", outside.events);
        registry.bind("analytics", outside.analytics);

        // What is no message, but changes something, or only passes.
        MessageWiring.bindUpdates(registry, settings, payloads, meters, () -> batchQueue.size() > maxMessages);

        // What is stored of a batch, told and acknowledged.
        RowKeys keys = new RowKeys(clock);
        UnarchivedNews unarchived = new UnarchivedNews(payloads, outside.exchange(), outside.events);
        registry.bind("batchStore", new BatchStore(unarchived, keys));
        registry.bind("readyMessageStore", new ReadyMessageStore(payloads, keys, unarchived));
        registry.bind("batchTransaction", new BatchTransaction(outside.transactions));
        registry.bind("isToBeStored", AboutBody.is(Batch.class, BatchStore::isConcerned));
        registry.bind("asksForChange", AboutBody.is(BatchPart.class, part -> part.change() != null));
        registry.bind("changingDelivery", AboutBody.of(BatchPart.class, BatchPart::last));
        registry.bind("changeOfPart", AboutBody.of(BatchPart.class, BatchPart::change));
        registry.bind("changeName", AboutBody.of(Change.class, Change::name));
        batchPublisher = new BatchPublisher(outside.exchange(),
                new DeadLetters(broker.topology().deadLetters(), payloads.maxBytes()),
                outside.publisher(settings, "inboxes"), outside.publisher(settings, "events"), outside.events::bundled);
        registry.bind("batchPublisher", batchPublisher);
        Acknowledger acknowledger = new Acknowledger(unacknowledged);
        registry.bind("acknowledger", acknowledger);
        registry.bind("flowCheck", ProblemCheck.ofFlow(batchQueue, settings.millis("chat21.health.stuck-after-ms")));
        registry.bind("counts", new Counts(meters, batchQueue, settings.number("chat21.metrics.max-label-values")));
        gate = new FlowGate(new BatchRoutes(context.createProducerTemplate()), batchQueue);
        runner = new BatchRunner(batchQueue, gate, acknowledger, redeliveryLog::forget,
                new RetrySettings(settings.number("chat21.retry.max-tries"),
                        settings.millis("chat21.retry.first-pause-ms"), settings.millis("chat21.retry.max-pause-ms"),
                        windowMs, settings.millis("chat21.stop-timeout-ms")), meters);
    }

    MessageIds ids() {
        return ids;
    }

    /** What every batch passes. */
    FlowGate gate() {
        return gate;
    }

    /** What drives the batches. */
    BatchRunner runner() {
        return runner;
    }

    /** The components of the flow's own endpoints, by their names, each made anew. */
    Map<String, Supplier<Component>> components() {
        return components;
    }

    /** Lets what clients say in, once the routes are there. */
    void start(CamelContext context, MessageQueues messages) {
        Settings settings = new Settings(context);
        messages.start(context, batchQueue, redeliveryLog, owners,
                settings.millis("chat21.partitions.balance-interval-ms"),
                settings.millis("chat21.database.give-up-after-ms"));
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
}

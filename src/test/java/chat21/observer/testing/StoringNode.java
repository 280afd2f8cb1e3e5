package chat21.observer.testing;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import chat21.observer.database.Database;
import chat21.observer.database.DurableTransactions;
import chat21.observer.database.RowKeys;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.engine.batch.Unacknowledged;
import chat21.observer.engine.redelivery.QueueOwners;
import chat21.observer.engine.redelivery.RedeliveryLog;
import chat21.observer.flow.conversation.Archives;
import chat21.observer.flow.conversation.ConversationJson;
import chat21.observer.flow.conversation.ConversationPatches;
import chat21.observer.flow.history.ReadyMessageStore;
import chat21.observer.flow.history.ReadyMessages;
import chat21.observer.flow.inbox.Inboxes;
import chat21.observer.flow.inbox.Members;
import chat21.observer.flow.presence.PresenceNews;
import chat21.observer.flow.presence.Presences;
import chat21.observer.flow.receipt.Receipts;
import chat21.observer.flow.store.BatchLookUp;
import chat21.observer.flow.store.BatchStore;
import chat21.observer.flow.store.Unarchiving;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Deleted;
import chat21.observer.message.Delivery;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.MessageIds;

/** What a node does between the broker and the broker: looks up, reads and stores, by a clock of its own. */
public final class StoringNode implements AutoCloseable {

    private final MessageIds ids;
    private final BatchLookUp lookUp;
    private final RedeliveryLog redeliveryLog;
    private final StoringFlow flow;
    private final Inboxes inboxes = new Inboxes(new Members(100, Set.of()));
    private final Members members = new Members(100, Set.of());

    public StoringNode(Database database, Clock clock) {
        this(database, clock, (connection, decision, conversation) -> { });
    }

    public StoringNode(Database database, Clock clock, Unarchiving unarchiving) {
        ids = new MessageIds(clock);
        lookUp = new BatchLookUp(database);
        QueueOwners owners = new QueueOwners(database, "node", Set.of("messages"));
        redeliveryLog = new RedeliveryLog(database, ids, owners, new LargeGroups(100), new Unacknowledged(), 600_000);
        flow = new StoringFlow().bind("queueOwners", owners).bind("redeliveryLog", redeliveryLog)
                .bind("batchTransaction", new BatchTransaction(DurableTransactions.of(database)))
                .bind("batchStore", new BatchStore(unarchiving, new RowKeys(clock)))
                .bind(updates(unarchiving, clock));
    }

    private static Map<String, Object> updates(Unarchiving unarchiving, Clock clock) {
        return Map.of("receipts", new Receipts(Messages.PAYLOADS),
                "conversationPatches", new ConversationPatches(Messages.PAYLOADS, Set.of("attributes"), 1_000),
                "archives", new Archives(Messages.PAYLOADS, new ConversationJson(Messages.PAYLOADS)),
                "presences", new Presences(Messages.PAYLOADS, 100),
                "presenceNews", new PresenceNews(Messages.PAYLOADS, 2),
                "readyMessages", new ReadyMessages(Messages.PAYLOADS,
                        Deleted.dropped(new SimpleMeterRegistry(), "ready-messages")),
                "readyMessageStore", new ReadyMessageStore(Messages.PAYLOADS, new RowKeys(clock), unarchiving));
    }

    /** Gives the routes something else under a name. */
    public StoringNode bind(String name, Object bean) {
        flow.bind(name, bean);
        return this;
    }

    /** Lets webhooks be told of updates. */
    public StoringNode tell(WebhookEvents events) {
        flow.tell(events);
        return this;
    }

    /** A message as it would come from the broker now, in app {@code a}. */
    public Delivery delivery(String sender, String recipient, String json) {
        return delivery(sender, recipient, json, ids.next());
    }

    /** A message that comes now with an id that it got before. */
    public Delivery delivery(String sender, String recipient, String json, UUID id) {
        return new Delivery("messages", "apps.a.outgoing.users." + sender + ".messages." + recipient + ".outgoing",
                json.getBytes(StandardCharsets.UTF_8), false, new Deliveries().on("a", "{}").channel(), 1, ids.now(), id);
    }

    /** Takes an update through its route, and through a batch of its own. */
    public Delivery update(String route, Delivery delivery) throws SQLException {
        return updates(route, delivery).get(0);
    }

    /** Takes updates of one kind through their route, and through one batch. */
    public List<Delivery> updates(String route, Delivery... deliveries) throws SQLException {
        for (Delivery delivery : deliveries) {
            flow.decide(route, delivery);
        }
        return flow.store(new Batch(List.of(deliveries))).deliveries();
    }

    /** Takes a message through a batch of its own. */
    public ChatMessage send(String sender, String recipient, String json) throws SQLException {
        Delivery delivery = delivery(sender, recipient, json);
        store(delivery);
        return delivery.decision().message();
    }

    /** Takes messages through one batch that the broker hands over again, since another node ended with them. */
    public List<Delivery> storeAgain(Delivery... before) throws SQLException {
        Channel channel = new Deliveries().on("a", "{}").channel();
        Delivery[] again = Stream.of(before).map(d -> new Delivery(d.queue(), d.routingKey(), d.body(), true, channel, 1,
                ids.now(), ids.next())).toArray(Delivery[]::new);
        redeliveryLog.recognise(new Batch(List.of(again)));
        return store(again).deliveries();
    }

    /** Takes messages through one batch. */
    public Batch store(Delivery... deliveries) throws SQLException {
        Batch batch = lookUp.lookUp(new Batch(List.of(deliveries)));
        for (Delivery delivery : deliveries) {
            ChatMessage message = Messages.read(delivery);
            (members.isGroup(message) ? inboxes.ofGroup(message) : inboxes.ofDirect(message))
                    .forEach(delivery.decision()::add);
        }
        return flow.store(batch);
    }

    @Override
    public void close() {
        flow.close();
    }
}

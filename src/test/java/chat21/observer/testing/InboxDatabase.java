package chat21.observer.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.flow.conversation.ConversationJson;
import chat21.observer.flow.conversation.ConversationReads;
import chat21.observer.flow.conversation.UnarchivedNews;
import chat21.observer.flow.history.Page;
import chat21.observer.flow.history.PageRoom;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;

/** Inboxes in a database, changed by what clients and back ends of app {@code a} say, and read as REST reads them. */
public final class InboxDatabase implements AutoCloseable {

    private final Database database;
    private final UnarchivedNews unarchived;
    private final StoringNode node;
    /** In memory. */
    public InboxDatabase() {
        this(new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID(), "chat21", ""));
    }

    public InboxDatabase(TestDatabase where) {
        database = Database.open(new DatabaseSettings(where.url(), where.user(), where.password(), 2, 5_000, false));
        unarchived = new UnarchivedNews(Messages.PAYLOADS, "amq.topic",
                WebhookEvents.of(Set.of(EventType.CONVERSATION_UNARCHIVED), List.of("webhooks"), Clock.systemUTC()));
        node = new StoringNode(database, Clock.systemUTC(), unarchived);
    }

    public ChatMessage send(String sender, String recipient, String json) throws SQLException {
        return node.send(sender, recipient, json);
    }

    /** A message, with what became of it. */
    public Delivery sent(String sender, String recipient, String json) throws SQLException {
        return send(sender, recipient, json).delivery();
    }

    /** Messages that were stored, once more: the process was killed, and the broker hands them over to the next one. */
    public List<Delivery> sentAgain(Delivery... stored) throws SQLException {
        try (StoringNode other = new StoringNode(database, Clock.systemUTC(), unarchived)) {
            return other.storeAgain(stored);
        }
    }

    public Delivery patch(String user, String peer, String json) throws SQLException {
        return node.update("patch-conversation", on("apps.a.users." + user + ".conversations." + peer + ".update", json));
    }

    public Delivery archive(String user, String peer) throws SQLException {
        return node.update("archive-conversation", on("apps.a.users." + user + ".conversations." + peer + ".archive", "{}"));
    }

    public Delivery receipt(String user, String peer, String messageId) throws SQLException {
        return receipts(user, peer, messageId).get(0);
    }

    /** Receipts that come in one batch. */
    public List<Delivery> receipts(String user, String peer, String... messageIds) throws SQLException {
        return node.updates("update-receipt", Stream.of(messageIds).map(messageId ->
                on("apps.a.users." + user + ".messages." + peer + "." + messageId + ".update", "{\"status\":200}"))
                .toArray(Delivery[]::new));
    }

    public Delivery deliver(String user, String peer, String json) throws SQLException {
        return node.update("deliver-ready-message",
                on("apps.observer.a.users." + user + ".messages." + peer + ".delivered", json));
    }

    public Delivery persist(String user, String peer, String json) throws SQLException {
        return node.update("persist-message",
                on("apps.observer.a.users." + user + ".messages." + peer + ".persist", json));
    }

    /** The user's open or archived conversations, as REST answers. */
    public JsonNode conversations(String user, boolean archived) throws SQLException {
        return Messages.PAYLOADS.readStored(new String(new ConversationReads(database, Messages.PAYLOADS,
                new ConversationJson(Messages.PAYLOADS)).list("a", user, archived, Page.FIRST,
                PageRoom.of(Long.MAX_VALUE)), StandardCharsets.UTF_8));
    }

    /** The status of a message in an inbox. */
    public int status(String owner, String messageId) throws SQLException {
        try (Connection connection = database.connection();
                PreparedStatement query = connection.prepareStatement(
                        "select status from timeline where timeline_of = ? and message_id = ?")) {
            query.setString(1, owner);
            query.setString(2, messageId);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** What was published of a delivery besides copies: routing keys and bodies. */
    public static List<String> published(Delivery delivery) {
        return delivery.decision().publications().stream()
                .map(p -> p.routingKey() + " " + new String(p.body(), StandardCharsets.UTF_8)).toList();
    }

    /** The ids of the events that webhooks are told of a delivery besides copies. */
    public static List<String> events(Delivery delivery) {
        return delivery.decision().announcements().stream().map(e -> e.properties().getMessageId()).toList();
    }

    private static Delivery on(String routingKey, String json) {
        return new Deliveries().on(routingKey, json);
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}

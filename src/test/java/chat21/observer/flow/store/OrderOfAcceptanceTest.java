package chat21.observer.flow.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.database.Statement;
import chat21.observer.flow.conversation.ConversationJson;
import chat21.observer.flow.conversation.ConversationReads;
import chat21.observer.flow.history.MessageReads;
import chat21.observer.flow.history.Page;
import chat21.observer.flow.history.PageRoom;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.testing.Messages;
import chat21.observer.testing.StoringNode;

/** Histories and lists stand in the order in which messages were accepted, whatever the clocks of clients and nodes say. */
class OrderOfAcceptanceTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21",
            "", 4, 5_000, false));
    private final StoringNode node = node(Duration.ZERO);
    private final StoringNode behind = node(Duration.ofHours(-1));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aClientsClockOrdersNothing() throws SQLException {
        node.send("alice", "bob", "{\"text\":\"1\",\"timestamp\":" + NOON.toEpochMilli() + "}");
        ChatMessage second = node.send("alice", "bob", "{\"text\":\"2\",\"timestamp\":" + (NOON.toEpochMilli() - 3_600_000) + "}");

        assertThat(texts("bob", "alice")).containsExactly("1", "2");
        assertThat(lastText("bob")).isEqualTo("2");
        assertThat(second.timestamp()).isEqualTo(NOON.toEpochMilli());
        assertThat(second.json().path("client_timestamp").longValue()).isEqualTo(NOON.toEpochMilli() - 3_600_000);
    }

    @Test
    void aNodeWhoseClockIsBehindTheOtherOnesKeepsTheOrder() throws SQLException {
        node.send("alice", "bob", "{\"text\":\"1\"}");
        behind.send("bob", "alice", "{\"text\":\"2\"}");
        node.send("alice", "bob", "{\"text\":\"3\"}");
        behind.send("alice", "bob", "{\"text\":\"4\"}");

        assertThat(texts("bob", "alice")).containsExactly("1", "2", "3", "4");
        assertThat(texts("alice", "bob")).containsExactly("1", "2", "3", "4");
        assertThat(lastText("bob")).isEqualTo("4");
    }

    @Test
    void aGroupsOrderIsKeptLikewise() throws SQLException {
        node.send("alice", "group-1", "{\"text\":\"1\"}");
        behind.send("bob", "group-1", "{\"text\":\"2\"}");

        assertThat(texts("group-1", "group-1")).containsExactly("1", "2");
    }

    @Test
    void whoeverBlocksKeepsItsOwnOrder() throws SQLException {
        database.inTransaction(connection -> new Statement("blocks", "insert-block-once").update(connection, "a", "alice", "bob", "a",
                "alice", "bob"));
        node.send("bob", "alice", "{\"text\":\"1\"}");
        behind.send("bob", "alice", "{\"text\":\"2\"}");

        assertThat(texts("bob", "alice")).containsExactly("1", "2");
    }

    @Test
    void anIdThatWasPromisedEarlierDoesNotMoveAMessageForward() throws SQLException {
        UUID promised = UUID.fromString("00000000-0000-7000-8000-000000000000");
        node.send("alice", "bob", "{\"text\":\"1\"}");
        node.store(node.delivery("alice", "bob", "{\"text\":\"2\"}", promised));
        node.send("alice", "bob", "{\"text\":\"3\"}");

        assertThat(texts("bob", "alice")).containsExactly("1", "2", "3");
        assertThat(lastText("bob")).isEqualTo("3");
    }

    @Test
    void messagesOfOneBatchAndOneMillisecondStandInTheirOrderInPagesToo() throws SQLException {
        List<Delivery> batch = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // Those of a REST API on another machine come with ids of its own.
            batch.add(i % 3 == 0 ? node.delivery("alice", "bob", text(i), UUID.randomUUID())
                    : node.delivery(i % 2 == 0 ? "alice" : "bob", i % 2 == 0 ? "bob" : "alice", text(i)));
            expected.add(String.valueOf(i));
        }
        node.store(batch.toArray(Delivery[]::new));

        List<String> paged = new ArrayList<>();
        Page page = Page.of(Map.of("limit", "7"));
        while (page != null) {
            List<MessageReads.Entry> entries = new MessageReads(database).list("a", "bob", "alice", page,
                    PageRoom.of(Long.MAX_VALUE)).entries();
            entries.forEach(e -> paged.add(text(e)));
            MessageReads.Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
            page = last == null ? null
                    : Page.of(Map.of("limit", "7", "before", Page.cursor(last.timestamp(), last.id())));
        }
        Collections.reverse(paged);
        assertThat(paged).isEqualTo(expected);
        assertThat(lastText("bob")).isEqualTo("99");
    }

    @Test
    void whatABackEndBringsInFromElsewhereKeepsItsTime() throws SQLException {
        node.send("alice", "bob", "{\"text\":\"new\"}");
        Delivery old = node.delivery("alice", "bob", "{\"text\":\"old\",\"timestamp\":\"1600000000000.5\"}").vouch();
        node.store(old);

        assertThat(old.decision().message().timestamp()).isEqualTo(1_600_000_000_000L);
        assertThat(old.decision().message().json().has("client_timestamp")).isFalse();
        assertThat(texts("bob", "alice")).containsExactly("old", "new");
        assertThat(lastText("bob")).isEqualTo("new");
    }

    private StoringNode node(Duration offset) {
        return new StoringNode(database, Clock.fixed(NOON.plus(offset), ZoneOffset.UTC));
    }

    private static String text(int number) {
        return "{\"text\":\"" + number + "\"}";
    }

    private static String text(MessageReads.Entry entry) {
        return Messages.PAYLOADS.readStored(entry.payload()).path("text").textValue();
    }

    private List<String> texts(String owner, String peer) throws SQLException {
        List<String> texts = new ArrayList<>(new MessageReads(database).list("a", owner, peer, Page.FIRST,
                PageRoom.of(Long.MAX_VALUE)).entries().stream()
                .map(OrderOfAcceptanceTest::text).toList());
        Collections.reverse(texts);
        return texts;
    }

    private String lastText(String owner) throws SQLException {
        JsonNode list = Messages.PAYLOADS.readStored(new String(new ConversationReads(database, Messages.PAYLOADS,
                new ConversationJson(Messages.PAYLOADS)).list("a", owner, false, Page.FIRST,
                PageRoom.of(Long.MAX_VALUE)), StandardCharsets.UTF_8));
        return list.path("result").path(0).path("last_message_text").textValue();
    }
}

package chat21.observer.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import chat21.observer.analytics.Analytics;
import chat21.observer.message.PayloadLimits;
import chat21.observer.message.Payloads;
import chat21.observer.receive.Delivery;
import chat21.observer.store.Change;
import chat21.observer.store.Database;
import chat21.observer.store.DatabaseSettings;
import chat21.observer.webhook.EventType;
import chat21.observer.webhook.WebhookEvents;

class PresenceEventsTest {

    private final Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21",
            "", 2, 5_000, false));
    private final Presences presences = new Presences(new Payloads(new PayloadLimits(1_000, 10, 100)),
            WebhookEvents.of(Set.of(EventType.PRESENCE_CHANGE), List.of("q"), Clock.systemUTC()), Analytics.none(), 100);

    private final PresenceReads reads = new PresenceReads(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theUserComesWithTheFirstClientAndGoesWithTheLast() throws SQLException {
        assertThat(told(connected("c1", 1))).hasSize(1).first().asString().contains("\"online\"", "\"createdAt\":1,");
        assertThat(told(connected("c2", 2))).isEmpty();
        assertThat(told(disconnected("c1", 3))).isEmpty();
        assertThat(told(disconnected("c2", 4))).hasSize(1).first().asString().contains("\"offline\"", "\"createdAt\":4,");
    }

    @Test
    void whatTheBrokerHandsOverAgainIsToldAgainAsTheSameEvent() throws SQLException {
        List<String> online = ids(connected("c1", 1));
        ids(connected("c2", 2));

        assertThat(ids(again("c1", "connected", 3))).isEqualTo(online);
        assertThat(ids(again("c2", "connected", 4))).isEmpty();

        ids(disconnected("c1", 5));
        List<String> offline = ids(disconnected("c2", 6));
        assertThat(ids(again("c2", "disconnected", 7))).isEqualTo(offline).isNotEqualTo(online);
    }

    @Test
    void aClientThatSaysTwiceThatItIsThereTellsNothingNew() throws SQLException {
        ids(connected("c1", 1));

        assertThat(ids(connected("c1", 2))).isEmpty();
        assertThat(ids(disconnected("c9", 3))).isEmpty();
    }

    @Test
    void clearingWhatTheBrokerRetainsSaysNothing() throws SQLException {
        ids(connected("c1", 1));
        Delivery cleared = new Delivery("messages", "apps.tilechat.users.bob.presence.c1", new byte[0], false, null, 1, 2,
                UUID.randomUUID());

        assertThat(ids(cleared)).isEmpty();
        assertThat(cleared.outcome().changes()).isEmpty();
        assertThat(reads.of("tilechat", "x", true, List.of("bob"))).singleElement()
                .satisfies(bob -> assertThat(bob.online()).isTrue());
    }

    @Test
    void onlyBackEndsThePartnersOfAConversationAndTheUserItselfLearnWhoIsThere() throws SQLException {
        ids(connected("c1", 1));
        database.inTransaction(connection -> {
            try (var insert = connection.createStatement()) {
                insert.executeUpdate("insert into conversation (app_id, timeline_of, convers_with, last_message_id, timestamp, "
                        + "is_new, archived, unread) values ('tilechat', 'alice', 'bob', 'm1', 1, false, false, 0)");
            }
        });

        for (String who : List.of("alice", "bob")) {
            assertThat(reads.of("tilechat", who, false, List.of("bob", "carol"))).filteredOn(p -> p.user().equals("bob"))
                    .singleElement().isEqualTo(new PresenceReads.Presence("bob", true, 1L));
        }
        assertThat(reads.of("tilechat", "carol", false, List.of("bob"))).isEmpty();
        assertThat(reads.of("shop", "alice", false, List.of("bob"))).isEmpty();
        assertThat(reads.of("tilechat", "x", true, List.of("bob", "dave"))).containsExactlyInAnyOrder(
                new PresenceReads.Presence("bob", true, 1L), new PresenceReads.Presence("dave", false, null));
    }

    @Test
    void comingOnceMoreIsAnotherEvent() throws SQLException {
        List<String> first = ids(connected("c1", 1));
        ids(disconnected("c1", 2));

        assertThat(ids(connected("c1", 3))).hasSize(1).isNotEqualTo(first);
    }

    private Delivery connected(String client, long at) {
        return delivery(client, "connected", false, at);
    }

    private Delivery disconnected(String client, long at) {
        return delivery(client, "disconnected", false, at);
    }

    private Delivery again(String client, String what, long at) {
        return delivery(client, what, true, at);
    }

    private static Delivery delivery(String client, String what, boolean redelivered, long at) {
        return new Delivery("messages", "apps.tilechat.users.bob.presence." + client,
                ("{\"" + what + "\":true}").getBytes(StandardCharsets.UTF_8), redelivered, null, 1, at, UUID.randomUUID());
    }

    private List<String> told(Delivery delivery) throws SQLException {
        apply(delivery);
        return delivery.outcome().announcements().stream().map(e -> new String(e.body(), StandardCharsets.UTF_8)).toList();
    }

    private List<String> ids(Delivery delivery) throws SQLException {
        apply(delivery);
        return delivery.outcome().announcements().stream().map(e -> e.properties().getMessageId()).toList();
    }

    private void apply(Delivery delivery) throws SQLException {
        presences.record(delivery);
        database.inTransaction(connection -> {
            for (Change change : delivery.outcome().changes()) {
                change.apply(connection, delivery.outcome());
            }
        });
    }
}

package chat21.observer.flow.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.message.Delivery;
import chat21.observer.message.Publication;
import chat21.observer.out.webhook.WebhookEvents;
import chat21.observer.protocol.EventType;
import chat21.observer.testing.StoringNode;

class PresenceEventsTest {

    private final Database database = Database.open(new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "chat21",
            "", 2, 5_000, false));
    private final StoringNode node = new StoringNode(database, Clock.systemUTC())
            .tell(WebhookEvents.of(Set.of(EventType.PRESENCE_CHANGE), List.of("q"), Clock.systemUTC()));

    private final PresenceReads reads = new PresenceReads(database);

    @AfterEach
    void close() {
        node.close();
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
        assertThat(cleared.decision().change()).isNull();
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

    @Test
    void whoHasAnOpenConversationWithTheUserHearsAtOnceAndNoMoreThanAllowed() throws SQLException {
        converse("alice", "bob", 1, false, false);
        converse("carol", "bob", 2, true, false);
        converse("dave", "bob", 3, false, true);

        assertThat(heard(connected("c1", 7))).containsExactlyInAnyOrder("apps.tilechat.users.alice.presences.bob.clientupdated",
                "apps.tilechat.users.dave.presences.bob.clientupdated");
        assertThat(heard(connected("c2", 8))).as("the user was there").isEmpty();
        assertThat(heard(again("c1", "connected", 9))).as("it may never have been told").hasSize(2);
        ids(disconnected("c2", 10));
        Delivery gone = disconnected("c1", 11);
        assertThat(heard(gone)).hasSize(2);
        assertThat(gone.decision().publications()).allSatisfy(news -> assertThat(new String(news.body(),
                StandardCharsets.UTF_8)).isEqualTo("{\"user_id\":\"bob\",\"online\":false,\"last_seen\":11}"));

        converse("eve", "bob", 4, false, false);
        assertThat(heard(connected("c1", 12))).hasSize(2).doesNotContain("apps.tilechat.users.alice.presences.bob.clientupdated");
    }

    @Test
    void whoComesAndGoesWithoutEndIsNotToldOfWithoutEnd() throws SQLException {
        converse("alice", "bob", 1, false, false);
        int heard = 0;
        for (int i = 0; i < 100; i++) {
            heard += heard(connected("c1", i)).size() + heard(disconnected("c1", i)).size();
        }
        assertThat(heard).isBetween(20, 30);
    }

    // What both have of their conversation.
    private void converse(String partner, String user, long at, boolean archivedByPartner, boolean archivedByUser)
            throws SQLException {
        database.inTransaction(connection -> {
            try (var insert = connection.prepareStatement("insert into conversation (app_id, timeline_of, convers_with, "
                    + "last_message_id, timestamp, is_new, archived, unread) values ('tilechat', ?, ?, 'm', ?, false, ?, 0)")) {
                for (boolean own : new boolean[] {true, false}) {
                    insert.setString(1, own ? user : partner);
                    insert.setString(2, own ? partner : user);
                    insert.setLong(3, at);
                    insert.setBoolean(4, own ? archivedByUser : archivedByPartner);
                    insert.executeUpdate();
                }
            }
        });
    }

    private List<String> heard(Delivery delivery) throws SQLException {
        apply(delivery);
        return delivery.decision().publications().stream().map(Publication::routingKey).toList();
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
        return delivery.decision().announcements().stream().map(e -> new String(e.body(), StandardCharsets.UTF_8)).toList();
    }

    private List<String> ids(Delivery delivery) throws SQLException {
        apply(delivery);
        return delivery.decision().announcements().stream().map(e -> e.properties().getMessageId()).toList();
    }

    private void apply(Delivery delivery) throws SQLException {
        node.update("record-presence", delivery);
    }
}

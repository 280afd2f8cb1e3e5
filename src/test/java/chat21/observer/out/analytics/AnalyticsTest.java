package chat21.observer.out.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import chat21.observer.engine.batch.Batch;
import chat21.observer.flow.inbox.Inboxes;
import chat21.observer.flow.inbox.Members;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Decision;
import chat21.observer.message.Delivery;
import chat21.observer.message.FirstAttempt;
import chat21.observer.message.MessageReader;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.PayloadLimits;
import chat21.observer.protocol.Topic.Presence;

class AnalyticsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final UUID ID = UUID.randomUUID();

    private final Payloads payloads = new Payloads(new PayloadLimits(10_000, 50, 1_000));
    private final List<AnalyticsEvent> told = new ArrayList<>();
    private final Analytics analytics = Analytics.to(new Projects(payloads, 10), told::add,
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aDirectMessageIsToldOnceInTheEnvelopeThatConsumersKnow() {
        analytics.tell(batch(direct("{\"attributes\":{\"projectId\":\"p1\",\"ipAddress\":\"10.0.0.1\"}}")));

        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.routingKey()).isEqualTo("analytics.message.delivered");
            assertThat(event.envelope().toString()).isEqualTo("{\"event_id\":\"" + event.id()
                    + "\",\"event_type\":\"message.delivered\",\"timestamp\":\"2026-01-02T03:04:05.678Z\","
                    + "\"id_project\":\"p1\",\"source_service\":\"c21srv\",\"event_version\":\"1.0\",\"payload\":{"
                    + "\"id_message\":\"" + ID + "\",\"sender_id\":\"alice\",\"recipient_id\":\"bob\","
                    + "\"app_id\":\"tilechat\",\"channel_type\":\"direct\",\"delivery_latency_ms\":15,"
                    + "\"ip_address\":\"10.0.0.1\"}}");
        });
    }

    @Test
    void aGroupMessageIsToldOnce() {
        Delivery delivery = delivery("group-g", "{\"attributes\":{\"projectId\":\"p1\"},"
                + "\"group\":{\"members\":{\"bob\":1,\"carol\":1}}}");
        ChatMessage message = new MessageReader(payloads).read(delivery);
        inboxes().ofGroup(message).forEach(delivery.decision()::add);

        analytics.tell(batch(delivery));

        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.payload().path("channel_type").textValue()).isEqualTo("group");
            assertThat(event.payload().path("recipient_id").textValue()).isEqualTo("group-g");
            assertThat(event.payload().path("ip_address").isNull()).isTrue();
        });
    }

    @Test
    void aMessageWithoutAProjectIsSkipped() {
        analytics.tell(batch(direct("{\"attributes\":{\"projectId\":7}}"), direct("{\"attributes\":{\"projectId\":\"\"}}"),
                direct("{\"attributes\":null}"), direct("{}")));

        assertThat(told).isEmpty();
    }

    @Test
    void aMessageThatReachesNobodyOrCameAgainIsSkipped() {
        Delivery blocked = delivery("bob", "{\"attributes\":{\"projectId\":\"p1\"}}");
        blocked.decision().add(inboxes().ofDirect(new MessageReader(payloads).read(blocked)).get(0));
        Delivery again = direct("{\"attributes\":{\"projectId\":\"p1\"}}");
        again.recognise(new FirstAttempt("first", 1));

        analytics.tell(batch(blocked, again));

        assertThat(told).isEmpty();
    }

    @Test
    void presenceBelongsToTheProjectOfTheUsersLastMessage() {
        Decision before = new Decision();
        analytics.presenceChanged(before, new Presence("tilechat", "bob", "c1"), true);
        before.afterwards().forEach(Runnable::run);
        assertThat(told).as("no project is known yet").isEmpty();

        analytics.tell(batch(direct("{\"attributes\":{\"projectId\":\"p1\"}}")));
        Decision after = new Decision();
        analytics.presenceChanged(after, new Presence("tilechat", "bob", "c1"), false);
        assertThat(told).as("told only once the batch is done").hasSize(1);
        after.afterwards().forEach(Runnable::run);

        assertThat(told).hasSize(2);
        assertThat(told.get(1).project()).isEqualTo("p1");
        assertThat(told.get(1).routingKey()).isEqualTo("analytics.user.presence_changed");
        assertThat(told.get(1).payload().toString()).isEqualTo(
                "{\"user_id\":\"bob\",\"client_id\":\"c1\",\"status\":\"offline\",\"app_id\":\"tilechat\"}");
    }

    private Delivery direct(String body) {
        Delivery delivery = delivery("bob", body);
        inboxes().ofDirect(new MessageReader(payloads).read(delivery)).forEach(delivery.decision()::add);
        return delivery;
    }

    private static Delivery delivery(String recipient, String body) {
        return new Delivery("messages", "apps.tilechat.outgoing.users.alice.messages." + recipient + ".outgoing",
                body.getBytes(StandardCharsets.UTF_8), false, null, 1, NOW.toEpochMilli() - 15, ID);
    }

    private static Batch batch(Delivery... deliveries) {
        return new Batch(List.of(deliveries));
    }

    private static Inboxes inboxes() {
        return new Inboxes(new Members(10, Set.of()));
    }
}

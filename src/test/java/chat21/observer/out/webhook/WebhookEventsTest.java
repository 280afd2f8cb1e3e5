package chat21.observer.out.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import chat21.observer.message.Decision;
import chat21.observer.message.Publication;
import chat21.observer.protocol.EventType;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

class WebhookEventsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_000L), ZoneOffset.UTC);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Decision decision = new Decision();
    private final WebhookEvents events = WebhookEvents.of(EnumSet.allOf(EventType.class), List.of("q1", "q2"), CLOCK);

    @Test
    void aDeliveredCopyIsToldWithItsTopicAndWhoHasIt() {
        events.delivered(decision, "app", "bob", "group-1", "m1", bytes("{\"text\":\"hé\",\"status\":150}"),
                "apps.app.users.bob.messages.group-1.clientadded");

        assertThat(told()).isEqualTo("{\"event_type\":\"message-delivered\",\"createdAt\":1700000000000,"
                + "\"recipient_id\":\"group-1\",\"app_id\":\"app\",\"message_id\":\"m1\","
                + "\"data\":{\"text\":\"hé\",\"status\":150},"
                + "\"extras\":{\"topic\":\"apps.app.users.bob.messages.group-1.clientadded\"},"
                + "\"delivered_to\":\"bob\"}");
    }

    @Test
    void aReturnReceiptIsToldWithItsPatch() {
        events.returnReceipt(decision, "app", "bob", "alice", "m1", object().put("status", 250), "a.topic");

        assertThat(told()).isEqualTo("{\"event_type\":\"message-return-receipt\",\"createdAt\":1700000000000,"
                + "\"recipient_id\":\"alice\",\"app_id\":\"app\",\"message_id\":\"m1\",\"data\":{\"status\":250},"
                + "\"extras\":{\"topic\":\"a.topic\"}}");
    }

    @Test
    void anArchivedConversationIsToldWhole() {
        events.archived(decision, "app", "bob", "alice", object().put("archived", true), "a.topic");

        assertThat(told()).isEqualTo("{\"event_type\":\"conversation-archived\",\"createdAt\":1700000000000,"
                + "\"app_id\":\"app\",\"user_id\":\"bob\",\"recipient_id\":\"alice\",\"convers_with\":\"alice\","
                + "\"data\":{\"archived\":true},\"extras\":{\"topic\":\"a.topic\"}}");
    }

    @Test
    void aConversationThatComesBackIsToldInTheSameShape() {
        events.unarchived(decision, "app", "bob", "alice", "m1", object(), "a.topic");

        assertThat(told()).startsWith("{\"event_type\":\"conversation-unarchived\",\"createdAt\":1700000000000,"
                + "\"app_id\":\"app\",\"user_id\":\"bob\",");
    }

    @Test
    void presenceIsToldWithoutATopic() {
        events.presenceChange(decision, "app", "bob", false, 1_700_000_000_000L);

        assertThat(told()).isEqualTo("{\"event_type\":\"presence-change\",\"presence\":\"offline\","
                + "\"createdAt\":1700000000000,\"app_id\":\"app\",\"user_id\":\"bob\",\"data\":true}");
    }

    @Test
    void quotesInIdsStayText() throws Exception {
        events.presenceChange(decision, "app", "b\"o\\b", true, 1L);

        assertThat(mapper.readTree(told()).path("user_id").asText()).isEqualTo("b\"o\\b");
    }

    @Test
    void oneEventGoesToTheQueuesOfAllEndpoints() {
        events.presenceChange(decision, "app", "bob", true, 1L);

        Publication event = decision.announcements().get(0);
        assertThat(event.exchange()).isEmpty();
        assertThat(event.routingKey()).isEqualTo("q1");
        assertThat(event.properties().getHeaders()).containsEntry("BCC", List.of("q2"));
        assertThat(event.properties().getDeliveryMode()).isEqualTo(2);
        assertThat(event.properties().getMessageId()).isNotBlank();
        assertThat(event.body()).isEqualTo(event.body());
    }

    @Test
    void theSameEventHasTheSameIdAndAnotherOneAnother() {
        List<Runnable> all = List.of(
                () -> events.delivered(decision, "app", "bob", "alice", "m1", bytes("{}"), "t"),
                () -> events.delivered(decision, "app", "bob", "alice", "m1", bytes("{\"__history\":\"true\"}"), "t"),
                () -> events.delivered(decision, "app", "carol", "alice", "m1", bytes("{}"), "t"),
                () -> events.returnReceipt(decision, "app", "bob", "alice", "m1", object(), "t"),
                () -> events.returnReceipt(decision, "app", "carol", "alice", "m1", object(), "t"),
                () -> events.returnReceipt(decision, "app", "bob", "alice", "m2", object(), "t"),
                () -> events.archived(decision, "app", "bob", "alice", object().put("message_id", "m1"), "t"),
                () -> events.archived(decision, "app", "bob", "alice", object().put("message_id", "m2"), "t"),
                () -> events.archived(decision, "other", "bob", "alice", object().put("message_id", "m1"), "t"),
                () -> events.unarchived(decision, "app", "bob", "alice", "m2", object(), "t"),
                () -> events.unarchived(decision, "app", "bob", "alice", "m3", object(), "t"),
                () -> events.unarchived(decision, "app", "alice", "bob", "m2", object(), "t"),
                () -> events.presenceChange(decision, "app", "bob", true, 1),
                () -> events.presenceChange(decision, "app", "bob", false, 1),
                () -> events.presenceChange(decision, "app", "bob", true, 2));

        all.forEach(Runnable::run);
        List<String> once = ids();
        all.forEach(Runnable::run);

        assertThat(once).hasSize(all.size()).doesNotHaveDuplicates();
        assertThat(ids()).hasSize(2 * all.size()).endsWith(once.toArray(String[]::new));
    }

    @Test
    void whatNobodyWantsIsNotTold() {
        WebhookEvents few = WebhookEvents.of(EnumSet.of(EventType.MESSAGE_SENT), List.of("q"), CLOCK);

        few.presenceChange(decision, "app", "bob", true, 1L);
        WebhookEvents.none().presenceChange(decision, "app", "bob", true, 1L);

        assertThat(decision.announcements()).isEmpty();
    }

    @Test
    void aRefusedMessageIsNotTold() {
        events.presenceChange(decision, "app", "bob", true, 1L);
        decision.refuse(new Refusal(Reason.NOT_FOUND, "gone"));

        assertThat(decision.announcements()).isEmpty();
    }

    private List<String> ids() {
        return decision.announcements().stream().map(event -> event.properties().getMessageId()).toList();
    }

    private String told() {
        assertThat(decision.announcements()).hasSize(1);
        return new String(decision.announcements().get(0).body(), StandardCharsets.UTF_8);
    }

    private ObjectNode object() {
        return mapper.createObjectNode();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

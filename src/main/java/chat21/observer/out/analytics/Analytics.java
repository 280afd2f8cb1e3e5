package chat21.observer.out.analytics;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.engine.batch.Batch;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Decision;
import chat21.observer.message.Delivery;
import chat21.observer.message.InboxCopy;
import chat21.observer.protocol.Status;
import chat21.observer.protocol.Topic.Presence;
import chat21.observer.protocol.Topic.Receipt;

/**
 * Tells an analytics system what happened: protocol section 7. Events without a project are skipped. It never waits:
 * what cannot be told is lost, and chat goes on.
 */
public final class Analytics {

    private static final String DELIVERED = "message.delivered";
    private static final String RETURN_RECEIPT = "message.return_receipt";
    private static final String PRESENCE = "user.presence_changed";

    private final Projects projects;
    private final Consumer<AnalyticsEvent> sink;
    private final Clock clock;

    private Analytics(Projects projects, Consumer<AnalyticsEvent> sink, Clock clock) {
        this.projects = projects;
        this.sink = sink;
        this.clock = clock;
    }

    /** @param sink takes events and never waits */
    static Analytics to(Projects projects, Consumer<AnalyticsEvent> sink, Clock clock) {
        return new Analytics(projects, sink, clock);
    }

    /** Tells nobody anything. */
    public static Analytics none() {
        return new Analytics(null, null, null);
    }

    /** Tells of each message of the batch that was delivered for the first time, once, whatever the number of copies. */
    public Batch tell(Batch batch) {
        if (sink != null) {
            for (Delivery delivery : batch.deliveries()) {
                if (!delivery.wasDuplicate()) {
                    tellOfNew(delivery);
                }
            }
        }
        return batch;
    }

    private void tellOfNew(Delivery delivery) {
        List<InboxCopy> copies = delivery.decision().allCopies();
        if (copies.stream().anyMatch(copy -> copy.status() == Status.DELIVERED)) {
            delivered(delivery, copies);
        }
    }

    private void delivered(Delivery delivery, List<InboxCopy> copies) {
        ChatMessage message = copies.get(0).message();
        boolean group = copies.stream().anyMatch(InboxCopy::isGroupsOwn);
        String project = projects.of(message);
        if (!group) {
            projects.remember(message.app(), message.recipient(), project);
        }
        projects.remember(message.app(), message.sender(), project);
        JsonNode ip = message.attribute("ipAddress");
        String name = DELIVERED + '/' + message.app() + '/' + message.messageId();
        offer(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), DELIVERED, project, payload()
                .put("id_message", message.messageId()).put("sender_id", message.sender())
                .put("recipient_id", message.recipient()).put("app_id", message.app())
                .put("channel_type", group ? "group" : "direct")
                .put("delivery_latency_ms", Math.max(0, clock.millis() - delivery.receivedAt()))
                .put("ip_address", ip.textValue()));
    }

    /** Tells that a recipient has received a message, once the batch is done. */
    public void returnReceipt(Connection connection, Decision decision, Receipt receipt) throws SQLException {
        if (sink == null) {
            return;
        }
        String project = projects.ofStored(connection, receipt.app(), receipt.messageId());
        decision.afterwards(() -> offer(UUID.randomUUID(), RETURN_RECEIPT, project, payload()
                .put("id_message", receipt.messageId()).put("recipient_id", receipt.user())
                .put("id_request", receipt.peer())));
    }

    /** Tells that a user came or went, once the batch is done. */
    public void presenceChanged(Decision decision, Presence presence, boolean online) {
        if (sink == null) {
            return;
        }
        decision.afterwards(() -> offer(UUID.randomUUID(), PRESENCE, projects.lastOf(presence.app(), presence.user()),
                payload().put("user_id", presence.user()).put("client_id", presence.client())
                        .put("status", online ? "online" : "offline").put("app_id", presence.app())));
    }

    private void offer(UUID id, String type, String project, ObjectNode payload) {
        if (project != null) {
            sink.accept(new AnalyticsEvent(id, type, clock.instant(), project, payload));
        }
    }

    private static ObjectNode payload() {
        return JsonNodeFactory.instance.objectNode();
    }
}

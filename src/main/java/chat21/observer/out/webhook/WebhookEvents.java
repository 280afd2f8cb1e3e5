package chat21.observer.out.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;

import chat21.observer.engine.batch.Batch;
import chat21.observer.message.BatchItem;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Decision;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.Publication;
import chat21.observer.protocol.EventType;
import chat21.observer.protocol.Status;

/**
 * Tells other systems what happened: protocol section 6. An event is published and confirmed with the batch that it
 * belongs to, so it is as safe as the message itself; events that nobody wants are not made.
 */
public final class WebhookEvents {

    // The broker routes a copy to each queue named here, and takes the header off.
    private static final String MORE_ROUTING_KEYS = "BCC";
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

    private final Set<EventType> wanted;
    private final List<String> queues;
    private final Map<String, Object> headers;
    private final Clock clock;

    private WebhookEvents(Set<EventType> wanted, List<String> queues, Clock clock) {
        this.wanted = wanted;
        this.queues = queues;
        this.headers = queues.size() < 2 ? Map.of() : Map.of(MORE_ROUTING_KEYS, queues.subList(1, queues.size()));
        this.clock = clock;
    }

    /** Tells of some types of events, through one or more queues. */
    public static WebhookEvents of(Set<EventType> wanted, List<String> queues, Clock clock) {
        return new WebhookEvents(Set.copyOf(wanted), List.copyOf(queues), clock);
    }

    /** Tells nobody anything. */
    public static WebhookEvents none() {
        return new WebhookEvents(Set.of(), List.of(), null);
    }

    /** Tells of every copy of the batch that is on its way into an inbox. */
    public Batch announce(Batch batch) {
        if (wanted.contains(EventType.MESSAGE_SENT) || wanted.contains(EventType.MESSAGE_DELIVERED)) {
            for (BatchItem item : batch.items()) {
                item.decision().copies().forEach(copy -> announce(item.decision(), copy));
            }
        }
        return batch;
    }

    private void announce(Decision decision, InboxCopy copy) {
        EventType type = copy.status() == Status.SENT ? EventType.MESSAGE_SENT : EventType.MESSAGE_DELIVERED;
        if (!wanted.contains(type)) {
            return;
        }
        ChatMessage message = copy.message();
        // A message that the broker hands over again after a crash keeps its id, and so do its events.
        publish(decision, type, ofCopy(type, message.app(), copy.owner(), message.recipient(), message.messageId(),
                copy.body(), copy.routingKey()), message.app(), message.messageId(), copy.owner());
    }

    /** The announcements of a batch as the broker keeps them. */
    public Iterator<Publication> bundled(List<Publication> announcements) {
        return new EventBundles(announcements);
    }

    /** A ready message was put into an inbox; {@code copy} is its JSON with its status. */
    public void delivered(Decision decision, String app, String user, String recipient, String messageId, byte[] copy,
            String topic) {
        if (wanted.contains(EventType.MESSAGE_DELIVERED)) {
            // Its text is part of its id: a copy that was sent live and comes once more as history is another event.
            publish(decision, EventType.MESSAGE_DELIVERED,
                    ofCopy(EventType.MESSAGE_DELIVERED, app, user, recipient, messageId, copy, topic), app, messageId,
                    user, new String(copy, StandardCharsets.UTF_8));
        }
    }

    /** A sender, the recipient of the receipt, was told that a user has received its message. */
    public void returnReceipt(Decision decision, String app, String user, String recipient, String messageId,
            ObjectNode patch, String topic) {
        EventType type = EventType.MESSAGE_RETURN_RECEIPT;
        if (wanted.contains(type)) {
            publish(decision, type, event(type).with("recipient_id", recipient).with("app_id", app)
                    .with("message_id", messageId).data(bytes(patch)).topic(topic), app, messageId, recipient, user);
        }
    }

    /** A user archived a conversation. */
    public void archived(Decision decision, String app, String user, String peer, ObjectNode conversation,
            String topic) {
        // Only another message can bring it back, and only then can it be archived once more.
        conversation(EventType.CONVERSATION_ARCHIVED, decision, app, user, peer, conversation, topic,
                conversation.path("message_id").asText(), conversation.path("timestamp").asText());
    }

    /** A new message, that of this id, brought an archived conversation back. */
    public void unarchived(Decision decision, String app, String user, String peer, String messageId,
            ObjectNode conversation, String topic) {
        conversation(EventType.CONVERSATION_UNARCHIVED, decision, app, user, peer, conversation, topic, messageId);
    }

    /** A user came or went at that time, in ms since 1970. */
    public void presenceChange(Decision decision, String app, String user, boolean online, long since) {
        EventType type = EventType.PRESENCE_CHANGE;
        if (wanted.contains(type)) {
            String presence = online ? "online" : "offline";
            publish(decision, type, new EventJson(type).with("presence", presence).createdAt(since).with("app_id", app)
                    .with("user_id", user).data(TRUE), app, user, presence, String.valueOf(since));
        }
    }

    /** Whether events of this type are told, so that what only they need is not looked up in vain. */
    public boolean wants(EventType type) {
        return wanted.contains(type);
    }

    private void conversation(EventType type, Decision decision, String app, String user, String peer,
            ObjectNode conversation, String topic, String... by) {
        if (wanted.contains(type)) {
            EventJson json = event(type).with("app_id", app).with("user_id", user).with("recipient_id", peer)
                    .with("convers_with", peer).data(bytes(conversation)).topic(topic);
            publish(decision, type, json, app, user, peer, String.join("/", by));
        }
    }

    private EventJson ofCopy(EventType type, String app, String owner, String recipient, String messageId,
            byte[] copy, String topic) {
        return event(type).with("recipient_id", recipient).with("app_id", app).with("message_id", messageId)
                .data(copy).topic(topic).with("delivered_to", owner);
    }

    private EventJson event(EventType type) {
        return new EventJson(type).createdAt(clock.millis());
    }

    // The same event has the same id, however often it is told, and another one another: so a receiver knows it again.
    private void publish(Decision decision, EventType type, EventJson json, String... what) {
        String name = type.label() + '/' + String.join("/", what);
        String eventId = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        BasicProperties properties = new BasicProperties.Builder().deliveryMode(2).contentType("application/json")
                .type(type.label()).messageId(eventId).headers(headers).build();
        // There is no exchange to bind, so the queue of an endpoint that left the configuration gets nothing more.
        decision.announce(new Publication("", queues.get(0), properties, json::bytes));
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}

package chat21.observer.conversation;

import java.sql.Connection;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Payloads;
import chat21.observer.publish.Publication;
import chat21.observer.receive.Delivery;
import chat21.observer.receive.Outcome;
import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.topic.RoutingKeys;
import chat21.observer.topic.Topic.Archive;
import chat21.observer.webhook.WebhookEvents;

/** A user moves a conversation from the list of open ones to the list of archived ones: protocol section 5. */
public final class Archives {

    private final Payloads payloads;
    private final ConversationJson conversationJson;
    private final String exchange;
    private final WebhookEvents events;

    /** @param exchange the exchange that the inboxes are bound to */
    public Archives(Payloads payloads, ConversationJson conversationJson, String exchange, WebhookEvents events) {
        this.payloads = payloads;
        this.conversationJson = conversationJson;
        this.exchange = exchange;
        this.events = events;
    }

    /** Archives the conversation, and tells the user's clients that it has left one list and entered the other. */
    public Delivery archive(Delivery delivery) {
        Archive topic = (Archive) delivery.topic();
        String deleted = RoutingKeys.conversationDeleted(topic.app(), topic.user(), topic.peer());
        String added = RoutingKeys.archivedConversationAdded(topic.app(), topic.user(), topic.peer());
        delivery.outcome().add((connection, outcome) -> archive(connection, outcome, topic, deleted, added));
        return delivery;
    }

    private void archive(Connection connection, Outcome outcome, Archive topic, String deleted, String added)
            throws SQLException {
        ConversationRow row = ConversationRow.lock(connection, topic.app(), topic.user(), topic.peer());
        if (row == null) {
            // It is not in the list of open ones, which is what the user wants.
            throw Refusal.withoutLetter(Reason.NOT_FOUND, "user has no conversation with " + topic.peer());
        }
        ConversationRow archived = row.withArchived();
        archived.write(connection, topic.app(), topic.user(), topic.peer());
        ObjectNode conversation = conversationJson.write(topic.user(), topic.peer(), archived);
        byte[] body = payloads.write(conversation);
        outcome.publish(Publication.json(exchange, deleted, body));
        outcome.publish(Publication.json(exchange, added, body));
        events.archived(outcome, topic.app(), topic.user(), topic.peer(), conversation, deleted);
    }
}

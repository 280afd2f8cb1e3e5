package chat21.observer.flow.conversation;

import java.sql.Connection;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.message.Delivery;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.RoutingKeys;
import chat21.observer.protocol.Topic.Archive;

/** A user moves a conversation from the list of open ones to the list of archived ones: protocol section 5. */
public final class Archives {

    private final Payloads payloads;
    private final ConversationJson conversationJson;

    public Archives(Payloads payloads, ConversationJson conversationJson) {
        this.payloads = payloads;
        this.conversationJson = conversationJson;
    }

    /**
     * Reads which conversation it is; the topic says it all.
     *
     * @throws Refusal if the routing keys on which its user hears of it would be too long
     */
    public ArchiveConversation read(Delivery delivery) {
        Archive topic = (Archive) delivery.topic();
        RoutingKeys.conversationDeleted(topic.app(), topic.user(), topic.peer());
        RoutingKeys.archivedConversationAdded(topic.app(), topic.user(), topic.peer());
        return new ArchiveConversation(topic);
    }

    /**
     * Finds the conversation, and keeps others from changing it until the transaction ends.
     *
     * @throws Refusal if it is not there
     */
    public FoundConversation find(@Body ArchiveConversation change,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        Archive topic = change.topic();
        ConversationRow row = ConversationRow.lock(connection, topic.app(), topic.user(), topic.peer());
        if (row == null) {
            // It is not in the list of open ones, which is what the user wants.
            throw Refusal.withoutLetter(Reason.NOT_FOUND, "user has no conversation with " + topic.peer());
        }
        return new FoundConversation(topic, row);
    }

    /** Archives it. */
    public ArchivedConversation archive(@Body FoundConversation found,
            @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection) throws SQLException {
        Archive topic = found.topic();
        ConversationRow archived = found.row().withArchived();
        archived.write(connection, topic.app(), topic.user(), topic.peer());
        ObjectNode conversation = conversationJson.write(topic.user(), topic.peer(), archived);
        return new ArchivedConversation(topic, conversation, payloads.write(conversation));
    }
}

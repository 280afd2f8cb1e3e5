package chat21.observer.flow.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Change;
import chat21.observer.protocol.Topic.ConversationPatch;

/**
 * Fields that a user's client has set are to be merged into a conversation.
 *
 * @param fields only those that are the client's to set; not to be changed
 */
public record MergePatch(ConversationPatch topic, ObjectNode fields) implements Change {

    @Override
    public String name() {
        return "merge-patch";
    }

    /** Whether it says no more than that the user has read it. */
    boolean onlySaysRead() {
        return fields.size() == 1 && fields.path("is_new").isBoolean() && !fields.path("is_new").booleanValue();
    }
}

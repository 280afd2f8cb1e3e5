package chat21.observer.flow.conversation;

import chat21.observer.protocol.Topic.Archive;

/** A conversation that is to be archived, locked until the transaction ends. */
public record FoundConversation(Archive topic, ConversationRow row) {
}

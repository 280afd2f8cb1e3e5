package chat21.observer.conversation;

import chat21.observer.topic.Topic.Archive;

/** A conversation that is to be archived, locked until the transaction ends. */
public record FoundConversation(Archive topic, ConversationRow row) {
}

package chat21.observer.flow.conversation;

/** A conversation, locked until the transaction ends, and what is to be merged into it. */
public record PatchedConversation(MergePatch change, ConversationRow row) {
}

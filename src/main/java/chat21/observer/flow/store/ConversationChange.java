package chat21.observer.flow.store;

import chat21.observer.message.InboxCopy;

/**
 * What one or several messages of a batch do to a conversation.
 *
 * @param firstMessageId the one that came first, which brings the conversation back if it is archived
 * @param lastMessageId the newest of them
 * @param timestamp     its timestamp, in ms since 1970
 * @param isNew         whether any of them was somebody else's
 * @param unread        how many of them were somebody else's
 */
public record ConversationChange(String firstMessageId, String lastMessageId, long timestamp, boolean isNew, int unread) {

    /** What one message does. */
    public static ConversationChange of(String messageId, long timestamp, boolean isNew) {
        return new ConversationChange(messageId, messageId, timestamp, isNew, isNew ? 1 : 0);
    }

    static ConversationChange of(InboxCopy copy) {
        return of(copy.message().messageId(), copy.message().timestamp(), !copy.isOwn());
    }

    /** This change and then another; the last message is the newest by timestamp and id, as in the history. */
    ConversationChange then(ConversationChange later) {
        boolean isNewer = later.timestamp > timestamp
                || later.timestamp == timestamp && later.lastMessageId.compareTo(lastMessageId) > 0;
        ConversationChange newest = isNewer ? later : this;
        return new ConversationChange(firstMessageId, newest.lastMessageId, newest.timestamp, isNew || later.isNew,
                unread + later.unread);
    }
}

package chat21.observer.store;

import chat21.observer.inbox.InboxCopy;

/**
 * What one or several messages of a batch do to a conversation.
 *
 * @param lastMessageId the newest of them
 * @param timestamp     its timestamp, in ms since 1970
 * @param isNew         whether any of them was somebody else's
 * @param unread        how many of them were somebody else's
 */
public record ConversationChange(String lastMessageId, long timestamp, boolean isNew, int unread) {

    static ConversationChange of(InboxCopy copy) {
        return new ConversationChange(copy.message().messageId(), copy.message().timestamp(), !copy.isOwn(),
                copy.isOwn() ? 0 : 1);
    }

    /** This change and then another; the last message is the newest by timestamp and id, as in the history. */
    ConversationChange then(ConversationChange later) {
        boolean isNewer = later.timestamp > timestamp
                || later.timestamp == timestamp && later.lastMessageId.compareTo(lastMessageId) > 0;
        ConversationChange newest = isNewer ? later : this;
        return new ConversationChange(newest.lastMessageId, newest.timestamp, isNew || later.isNew, unread + later.unread);
    }
}

package chat21.observer.flow.history;

import chat21.observer.flow.store.ConversationKey;

/**
 * A ready message that is stored.
 *
 * @param timestamp the time that it was first stored with, by which its rows are found, in ms since 1970
 * @param isNew     whether it is new in this inbox
 */
public record StoredReadyMessage(ReadyMessage message, long timestamp, boolean isNew) {

    ConversationKey conversation() {
        return new ConversationKey(message.app(), message.owner(), message.peer());
    }
}

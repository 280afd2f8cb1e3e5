package chat21.observer.flow.block;

import chat21.observer.message.ChatMessage;
import chat21.observer.message.InboxCopy;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** Who may be heard: an app may ban a sender, a user may block one. */
public final class SenderPolicy {

    /**
     * Lets the message on if the app lets its sender send.
     *
     * @throws Refusal if the sender is banned
     */
    public ChatMessage refuseBanned(ChatMessage message) {
        if (message.delivery().lookups().isBanned(message.app(), message.sender())) {
            throw new Refusal(Reason.SENDER_BANNED, "sender is banned from the app");
        }
        return message;
    }

    /** Whether the owner of the inbox wants messages of this sender; one's own messages always enter. */
    public boolean isWelcome(InboxCopy copy) {
        ChatMessage message = copy.message();
        return copy.isOwn() || !message.delivery().lookups().isBlocked(message.app(), copy.owner(), message.sender());
    }
}

package chat21.observer.inbox;

import chat21.observer.message.ChatMessage;
import chat21.observer.topic.RoutingKeys;

/**
 * One copy of a message on its way into one inbox.
 *
 * @param message    what it says
 * @param owner      whose inbox it enters
 * @param peer       under which conversation it stands there: the other user, or the group
 * @param status     one of {@link chat21.observer.message.Status}
 * @param routingKey the routing key on which it enters the inbox
 */
public record InboxCopy(ChatMessage message, String owner, String peer, int status, String routingKey) {

    /**
     * A copy for one inbox.
     *
     * @throws chat21.observer.refuse.Refusal if the routing key into that inbox would be too long
     */
    public static InboxCopy of(ChatMessage message, String owner, String peer, int status) {
        return new InboxCopy(message, owner, peer, status, RoutingKeys.clientAdded(message.app(), owner, peer));
    }

    /** The bytes that the owner's clients read. */
    public byte[] body() {
        return message.copy(status);
    }

    /** Whether it stands in the inbox of who wrote it. */
    public boolean isOwn() {
        return owner.equals(message.sender());
    }
}

package chat21.observer.message;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.protocol.RoutingKeys;

/**
 * One copy of a message on its way into one inbox.
 *
 * @param message    what it says
 * @param owner      whose inbox it enters
 * @param peer       under which conversation it stands there: the other user, or the group
 * @param status     one of {@link chat21.observer.protocol.Status}
 * @param changed    what its owner's clients read instead of the message, or null
 * @param dropped    whether it enters no inbox after all
 */
public record InboxCopy(ChatMessage message, String owner, String peer, int status, byte[] changed,
        boolean dropped) {

    /**
     * A copy for one inbox.
     *
     * @throws chat21.observer.protocol.Refusal if the routing key into that inbox would be too long
     */
    public static InboxCopy of(ChatMessage message, String owner, String peer, int status) {
        InboxCopy copy = new InboxCopy(message, owner, peer, status, null, false);
        copy.routingKey();
        return copy;
    }

    /** It with other fields for its owner's clients; what is stored for all inboxes stays as it is. */
    public InboxCopy changed(ObjectNode fields) {
        return new InboxCopy(message, owner, peer, status, message.copy(fields, status), false);
    }

    /** It, to be left out. */
    public InboxCopy asDropped() {
        return new InboxCopy(message, owner, peer, status, changed, true);
    }

    /** The routing key on which it enters the inbox; made when it is asked for, since many copies may wait at once. */
    public String routingKey() {
        return RoutingKeys.clientAdded(message.app(), owner, peer);
    }

    /** The bytes that the owner's clients read. */
    public byte[] body() {
        return changed == null ? message.copy(status) : changed;
    }

    /** Whether it stands in the inbox of who wrote it. */
    public boolean isOwn() {
        return owner.equals(message.sender());
    }

    /** Whether it stands in the history of the group that it is sent to. */
    public boolean isGroupsOwn() {
        return owner.equals(peer) && !isOwn();
    }
}

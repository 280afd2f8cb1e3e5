package chat21.observer.flow.inbox;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import chat21.observer.message.ChatMessage;
import chat21.observer.message.Group;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** Says whether a message concerns a group, and who its members are. */
public final class Members {

    private final int maxInlineMembers;
    private final Set<String> trustedSenders;

    /**
     * @param maxInlineMembers how many members an inline group may name
     * @param trustedSenders   senders that may write to any group, such as {@code system}
     */
    public Members(int maxInlineMembers, Set<String> trustedSenders) {
        this.maxInlineMembers = maxInlineMembers;
        this.trustedSenders = Set.copyOf(trustedSenders);
    }

    /**
     * Whether the message goes to a group: a stored one, or one with {@code group-} in its id. Nothing that a message says
     * turns a user into a group, since others would find it in their conversation with that user.
     */
    public boolean isGroup(ChatMessage message) {
        return stored(message) != null || Ids.isOfGroup(message.recipient());
    }

    /**
     * The members of the group that the message is sent to: of the stored group, else of the inline one with sender and
     * group added, else sender and group.
     *
     * @throws Refusal if the sender is not in the stored group and no back end vouches for it, or the inline group has a bad shape or is too large
     */
    public Set<String> of(ChatMessage message) {
        Group stored = stored(message);
        if (stored != null) {
            // A bot that was just removed, a supervisor: the back end knows why.
            if (!stored.members().contains(message.sender()) && !trustedSenders.contains(message.sender())
                    && !message.delivery().isVouched()) {
                throw new Refusal(Reason.NOT_A_MEMBER, "sender is not a member of the group " + message.recipient());
            }
            return stored.members();
        }
        Set<String> members = inline(message.json().get("group"));
        members.add(message.sender());
        members.add(message.recipient());
        return members;
    }

    private static Group stored(ChatMessage message) {
        return message.delivery().lookups().group(message.app(), message.recipient());
    }

    private Set<String> inline(JsonNode group) {
        Set<String> members = new LinkedHashSet<>();
        if (group == null) {
            return members;
        }
        JsonNode named = group.path("members");
        // PHP's empty object.
        if (named.isArray() && named.isEmpty()) {
            return members;
        }
        if (!named.isObject()) {
            throw new Refusal(Reason.BAD_FIELD, "group.members must be an object whose names are member ids");
        }
        if (named.size() > maxInlineMembers) {
            throw new Refusal(Reason.GROUP_TOO_LARGE, "group.members has " + named.size()
                    + " members; an inline group may have " + maxInlineMembers);
        }
        for (Iterator<String> ids = named.fieldNames(); ids.hasNext();) {
            members.add(Ids.check("group.members", ids.next()));
        }
        return members;
    }
}

package chat21.observer.flow.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import chat21.observer.message.ChatMessage;
import chat21.observer.message.InboxCopy;
import chat21.observer.protocol.Status;

/** Says which inboxes a message enters, and as what: protocol section 3. */
public final class Inboxes {

    private final Members members;

    public Inboxes(Members members) {
        this.members = members;
    }

    /** The sender's copy, then the recipient's; who writes to itself gets both. */
    public List<InboxCopy> ofDirect(ChatMessage message) {
        message.channel("direct");
        InboxCopy own = InboxCopy.of(message, message.sender(), message.recipient(), Status.SENT);
        if (message.isResend()) {
            return List.of(own);
        }
        return List.of(own, InboxCopy.of(message, message.recipient(), message.sender(), Status.DELIVERED));
    }

    /**
     * One copy per member, then the group's own, which is its history.
     *
     * @throws chat21.observer.protocol.Refusal if the sender may not write there or the inline group is not acceptable
     */
    public List<InboxCopy> ofGroup(ChatMessage message) {
        message.channel("group");
        String group = message.recipient();
        if (message.isResend()) {
            return List.of(InboxCopy.of(message, message.sender(), group, Status.DELIVERED));
        }
        Set<String> recipients = members.of(message);
        String hiddenFor = message.attribute("hiddenFor").textValue();
        List<InboxCopy> copies = new ArrayList<>(recipients.size() + 1);
        for (String member : recipients) {
            if (!member.equals(group) && !member.equals(hiddenFor)) {
                copies.add(InboxCopy.of(message, member, group, Status.DELIVERED));
            }
        }
        copies.add(InboxCopy.of(message, group, group, Status.SENT));
        return copies;
    }
}

package chat21.observer.receive;

import java.util.ArrayList;
import java.util.List;

import chat21.observer.inbox.InboxCopy;
import chat21.observer.refuse.Refusal;

/** What the flow decided for one delivery: copies to store and publish, or a refusal, never both. */
public final class Outcome {

    private final List<InboxCopy> copies = new ArrayList<>(2);
    private Refusal refusal;

    /** Lets a copy into its inbox, unless the message was refused meanwhile. */
    public void add(InboxCopy copy) {
        if (refusal == null) {
            copies.add(copy);
        }
    }

    /** Refuses the message as a whole; copies that were already let in are taken back. */
    public void refuse(Refusal why) {
        copies.clear();
        refusal = why;
    }

    /** The copies in the order of their delivery. */
    public List<InboxCopy> copies() {
        return copies;
    }

    /** Why it was refused, or null. */
    public Refusal refusal() {
        return refusal;
    }
}

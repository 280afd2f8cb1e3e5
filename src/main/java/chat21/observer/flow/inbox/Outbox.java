package chat21.observer.flow.inbox;

import chat21.observer.message.InboxCopy;

/** Puts copies among what their batch stores, publishes and confirms. */
public final class Outbox {

    /** Lets one copy into its inbox once its batch is on disk, unless a policy dropped it. */
    public InboxCopy add(InboxCopy copy) {
        if (copy.dropped()) {
            return copy;
        }
        copy.message().delivery().decision().add(copy);
        return copy;
    }
}

package chat21.observer.receipt;

import chat21.observer.store.Change;
import chat21.observer.topic.Topic.Receipt;

/** The status of a received message is to be raised, in its recipient's timeline and in its sender's. */
public record RaiseStatus(Receipt receipt) implements Change {

    @Override
    public String name() {
        return "raise-status";
    }
}

package chat21.observer.flow.receipt;

import chat21.observer.message.Change;
import chat21.observer.protocol.Topic.Receipt;

/** The status of a received message is to be raised, in its recipient's timeline and in its sender's. */
public record RaiseStatus(Receipt receipt) implements Change {

    @Override
    public String name() {
        return "raise-status";
    }
}

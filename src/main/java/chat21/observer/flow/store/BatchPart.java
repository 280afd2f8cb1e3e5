package chat21.observer.flow.store;

import java.util.List;
import java.util.Map;

import chat21.observer.message.Change;
import chat21.observer.message.Delivery;
import chat21.observer.message.Lookups.Key;

/** Deliveries of a batch whose rows are written together, the last of which may ask for a change. */
public final class BatchPart {

    private final List<Delivery> deliveries;
    private final Map<Key, Long> storedMessages;
    private final boolean isRetry;
    private final MessageRows rows;

    /** @param storedMessages the keys of messages that are stored, but may lack copies */
    BatchPart(List<Delivery> deliveries, Map<Key, Long> storedMessages, boolean isRetry, MessageRows rows) {
        this.deliveries = deliveries;
        this.storedMessages = storedMessages;
        this.isRetry = isRetry;
        this.rows = rows;
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    Map<Key, Long> storedMessages() {
        return storedMessages;
    }

    boolean isRetry() {
        return isRetry;
    }

    MessageRows rows() {
        return rows;
    }

    /** The delivery that may ask for a change. */
    public Delivery last() {
        return deliveries.get(deliveries.size() - 1);
    }

    /** The change that it asks for, or null. */
    public Change change() {
        return last().decision().change();
    }
}

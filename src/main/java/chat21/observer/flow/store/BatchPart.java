package chat21.observer.flow.store;

import java.util.List;
import java.util.Map;

import chat21.observer.message.BatchItem;
import chat21.observer.message.Change;
import chat21.observer.message.Lookups.Key;

/** Items of a batch whose rows are written together, the last of which may ask for a change. */
public final class BatchPart {

    private final List<BatchItem> items;
    private final Map<Key, Long> storedMessages;
    private final boolean isRetry;
    private final BatchRows rows;

    /** @param storedMessages the keys of messages that are stored, but may lack copies */
    BatchPart(List<BatchItem> items, Map<Key, Long> storedMessages, boolean isRetry, BatchRows rows) {
        this.items = items;
        this.storedMessages = storedMessages;
        this.isRetry = isRetry;
        this.rows = rows;
    }

    List<BatchItem> items() {
        return items;
    }

    Map<Key, Long> storedMessages() {
        return storedMessages;
    }

    boolean isRetry() {
        return isRetry;
    }

    BatchRows rows() {
        return rows;
    }

    /** The item that may ask for a change. */
    public BatchItem last() {
        return items.get(items.size() - 1);
    }

    /** The change that it asks for, or null. */
    public Change change() {
        return last().decision().change();
    }
}

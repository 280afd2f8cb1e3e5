package chat21.observer.tools.migration;

/** The collections of chat21-server that are brought over, in the order in which that is done. */
enum Collection {
    INSTANCES(1_000),
    GROUPS(200),
    MESSAGES(10_000),
    CONVERSATIONS(4_000);

    private final int batch;

    Collection(int batch) {
        this.batch = batch;
    }

    /** How many documents share a transaction. */
    int batch() {
        return batch;
    }

    /** As MongoDB calls it. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

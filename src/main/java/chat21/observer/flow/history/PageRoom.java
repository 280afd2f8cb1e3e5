package chat21.observer.flow.history;

/** How many bytes of a page there is room for, whatever number of entries was asked for. */
@FunctionalInterface
public interface PageRoom {

    /** Counts so many bytes more, and says whether they fit; the first that come always do. */
    boolean take(long bytes);

    /** Room for that many bytes. */
    static PageRoom of(long max) {
        return new PageRoom() {
            private long taken;

            @Override
            public boolean take(long bytes) {
                if (taken > 0 && taken + bytes > max) {
                    return false;
                }
                taken += bytes;
                return true;
            }
        };
    }
}

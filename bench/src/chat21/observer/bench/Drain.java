package chat21.observer.bench;

import java.time.Duration;

/** Waits for what is still on the way when a load has stopped. */
final class Drain {

    /** Even a system that still delivers is not waited for longer. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Drain() {
    }

    /** Returns when all messages are complete, or nothing has come for the time of patience. */
    static void await(Load load, Tracker tracker, Duration patience) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (tracker.incomplete() > 0 && System.nanoTime() < end) {
            load.check();
            long copies = tracker.copies();
            boolean moves = Pause.until(() -> tracker.incomplete() == 0 || tracker.copies() > copies, patience);
            if (!moves) {
                return;
            }
        }
    }
}

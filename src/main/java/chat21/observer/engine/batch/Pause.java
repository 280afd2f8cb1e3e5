package chat21.observer.engine.batch;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Pauses that double up to a bound, and are cut short when a stop begins. */
public final class Pause {

    // After that time at the latest a pause sees that it is to end.
    private static final long SLICE_MS = 200;

    private final RetrySettings settings;
    private final BooleanSupplier running;
    private volatile long deadline;
    private volatile long nextMs;

    /** @param running whether no stop has begun yet */
    public Pause(RetrySettings settings, BooleanSupplier running) {
        this.settings = settings;
        this.running = running;
        reset();
    }

    /** What they were for is over. */
    public void reset() {
        this.nextMs = settings.firstPauseMs();
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.stopTimeoutMs() / 2);
    }

    /** How long the next one is. */
    public long nextMs() {
        return nextMs;
    }

    /** Whether it has been going on for so long that a stop need not wait for it. */
    boolean isOver() {
        return System.nanoTime() > deadline;
    }

    /** Takes one. */
    public void await() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(nextMs);
        long left = nextMs;
        do {
            TimeUnit.MILLISECONDS.sleep(Math.min(left, SLICE_MS));
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        } while (left > 0 && running.getAsBoolean());
        nextMs = Math.min(nextMs * 2, settings.maxPauseMs());
    }
}

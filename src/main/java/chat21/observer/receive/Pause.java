package chat21.observer.receive;

import java.util.concurrent.TimeUnit;

/** Pauses that double up to a bound. */
final class Pause {

    private final RetrySettings settings;
    private final long deadline;
    private long nextMs;

    Pause(RetrySettings settings) {
        this.settings = settings;
        this.nextMs = settings.firstPauseMs();
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.stopTimeoutMs() / 2);
    }

    long nextMs() {
        return nextMs;
    }

    /** Whether it has been going on for so long that a stop need not wait for it. */
    boolean isOver() {
        return System.nanoTime() > deadline;
    }

    void await() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(nextMs);
        nextMs = Math.min(nextMs * 2, settings.maxPauseMs());
    }
}

package chat21.observer.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting, to a point in time or for something to come true. */
final class Pause {

    private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();

    private Pause() {
    }

    /** Returns at a time of {@link System#nanoTime()}. */
    static void until(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static void of(Duration time) {
        until(System.nanoTime() + time.toNanos());
    }

    /** Returns when the condition holds, true, or the time is over, false. */
    static boolean until(BooleanSupplier condition, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return true;
    }
}

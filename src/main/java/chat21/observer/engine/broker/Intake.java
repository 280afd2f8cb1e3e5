package chat21.observer.engine.broker;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The bytes of messages that were taken from the broker and are not done. While they are too many, the connection on which
 * messages come is not read: the broker's own count of messages says nothing of their size.
 */
public final class Intake {

    private static final long LOOK_MS = 20;

    private final long max;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean unbounded;

    /** @param max beyond how many bytes nothing more is read */
    public Intake(long max) {
        this.max = max;
    }

    /** One without a bound. */
    public static Intake unbounded() {
        return new Intake(Long.MAX_VALUE);
    }

    /** A message was taken. */
    public void add(long size) {
        bytes.addAndGet(size);
    }

    /** A message is done. */
    public void remove(long size) {
        if (bytes.addAndGet(-size) < max && bytes.get() + size >= max) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Has everything read, or no longer; what comes is not kept then. */
    public void open(boolean all) {
        unbounded = all;
    }

    /** How many bytes there are. */
    public long bytes() {
        return bytes.get();
    }

    /** Returns once there is room, or it is over. */
    void await(BooleanSupplier over) throws InterruptedException {
        if (hasRoom()) {
            return;
        }
        synchronized (this) {
            while (!hasRoom() && !over.getAsBoolean()) {
                wait(LOOK_MS);
            }
        }
    }

    private boolean hasRoom() {
        return bytes.get() < max || unbounded;
    }
}

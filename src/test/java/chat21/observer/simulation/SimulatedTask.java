package chat21.observer.simulation;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One of the threads of a simulation, of which one runs at a time. */
final class SimulatedTask {

    private static final AtomicLong COUNT = new AtomicLong();

    private final Scheduler scheduler;
    private final String name;
    private final Host host;
    private final long number = COUNT.incrementAndGet();
    private volatile Thread thread;
    // Where it waits for its turn, if it holds it.
    private volatile Object monitor;
    private Object waitsOn;
    private Object waking;
    private boolean interrupted;
    private boolean ended;

    SimulatedTask(Scheduler scheduler, String name, Host host) {
        this.scheduler = scheduler;
        this.name = name;
        this.host = host;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Host host() {
        return host;
    }

    long number() {
        return number;
    }

    /** Takes the thread of the caller. */
    void begin() {
        thread = Thread.currentThread();
        Scheduler.running(this);
    }

    void run(Runnable body) {
        begin();
        awaitTurn(null);
        Throwable thrown = null;
        try {
            endIfKilled();
            body.run();
        } catch (Throwable e) {
            thrown = e;
        }
        ended = true;
        scheduler.ended(this, thrown);
        Thread.interrupted();
        Scheduler.running(null);
    }

    /** Returns once it has its turn; meanwhile lets others have the monitor that it holds. */
    void awaitTurn(Object held) {
        monitor = held;
        while (!scheduler.hasTurn(this)) {
            Thread.interrupted();
            if (held == null) {
                LockSupport.park(this);
            } else {
                try {
                    held.wait();
                } catch (InterruptedException e) {
                    // Nobody but the simulation interrupts here, and that in its own way.
                }
            }
        }
        monitor = null;
    }

    /** It has its turn. */
    void takeTurn() {
        Object held = monitor;
        if (held != null) {
            synchronized (held) {
                held.notifyAll();
            }
        }
        LockSupport.unpark(thread);
    }

    void wakesAt(Object event) {
        waking = event;
    }

    boolean isWokenBy(Object event) {
        return waking == event;
    }

    void waitsOn(Object what) {
        waitsOn = what;
    }

    boolean isWaiting() {
        return waking != null || waitsOn != null;
    }

    boolean hasEnded() {
        return ended;
    }

    void interrupt() {
        interrupted = true;
    }

    void throwIfInterrupted() throws InterruptedException {
        if (interrupted) {
            interrupted = false;
            throw new InterruptedException();
        }
    }

    void endIfKilled() {
        if (host != null && host.isDead()) {
            throw new Killed();
        }
    }

    @Override
    public String toString() {
        return host + " " + name;
    }
}

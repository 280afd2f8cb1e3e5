package chat21.observer.simulation;

import java.util.ArrayList;
import java.util.List;

/** A connection of a process to the broker: what is sent on it arrives later, in its order, or never if it is cut. */
final class Link {

    private final Scheduler scheduler;
    private final Host host;
    private final List<SimulatedChannel> channels = new ArrayList<>();
    private final Runnable whenLost;
    // As the broker sees it, and as the process does.
    private boolean up = true;
    private boolean open = true;
    private boolean deaf;
    private boolean blocked;
    private long stalledUntil;
    private long lastUp;
    private long lastDown;

    /** @param whenLost is told once the process knows that it is gone */
    Link(Scheduler scheduler, Host host, Runnable whenLost) {
        this.scheduler = scheduler;
        this.host = host;
        this.whenLost = whenLost;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Host host() {
        return host;
    }

    void add(SimulatedChannel channel) {
        channels.add(channel);
    }

    boolean isOpen() {
        return open;
    }

    boolean isBlocked() {
        return blocked && scheduler.now() < stalledUntil;
    }

    /** Sends something to the broker. */
    void toBroker(Runnable what) {
        lastUp = Math.max(Math.max(lastUp + 1, stalledUntil), scheduler.now() + scheduler.between(50_000, 800_000));
        scheduler.after(lastUp - scheduler.now(), null, () -> {
            if (up) {
                what.run();
            }
        });
    }

    /** Sends something to the process. */
    void toProcess(Runnable what) {
        lastDown = Math.max(lastDown + 1, scheduler.now() + scheduler.between(50_000, 800_000));
        scheduler.after(lastDown - scheduler.now(), host, () -> {
            if (open && !deaf) {
                what.run();
            }
        });
    }

    /** The broker reads nothing for a while, and says so or not. */
    void stall(long nanos, boolean says) {
        stalledUntil = scheduler.now() + nanos;
        blocked = says;
    }

    /** Whether the broker has read nothing for a while since that time. */
    boolean wasStalled(long since) {
        return stalledUntil > since;
    }

    /**
     * Cuts it: the broker knows at once, the process after that many ns.
     *
     * @param deaf whether what is on its way to the process is lost
     */
    void cut(long nanos, boolean deaf) {
        if (up) {
            loseAtBroker();
            this.deaf = deaf;
            long after = Math.max(nanos, deaf ? 0 : lastDown + 1 - scheduler.now());
            scheduler.after(after, host, this::loseAtProcess);
        }
    }

    /** The process has ended; what it has sent arrives yet. */
    void endWithProcess() {
        open = false;
        toBroker(this::loseAtBroker);
    }

    /** The process ends it. */
    void abort() {
        if (open) {
            loseAtProcess();
            // What was never read is lost with it, or read before the end is seen.
            if (scheduler.random().nextBoolean()) {
                loseAtBroker();
            } else {
                toBroker(this::loseAtBroker);
            }
        }
    }

    private void loseAtBroker() {
        if (up) {
            up = false;
            channels.forEach(SimulatedChannel::loseAtBroker);
        }
    }

    private void loseAtProcess() {
        if (open) {
            open = false;
            channels.forEach(SimulatedChannel::loseAtProcess);
            whenLost.run();
        }
    }
}

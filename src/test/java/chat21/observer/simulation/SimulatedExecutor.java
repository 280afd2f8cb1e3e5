package chat21.observer.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs each task as one of the scheduler's; the engine gives its executors one at a time. */
final class SimulatedExecutor extends AbstractExecutorService {

    private final Scheduler scheduler;
    private Object last;
    private boolean closed;

    SimulatedExecutor(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            Object before = last;
            Object key = new Object();
            last = key;
            scheduler.start("tries", key, () -> {
                if (before != null) {
                    scheduler.joinQuietly(before);
                }
                task.run();
            });
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        closed = true;
        if (last != null) {
            scheduler.interrupt(last);
        }
        return List.of();
    }

    @Override
    public void shutdown() {
        closed = true;
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}

package chat21.observer.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Virtual time. Tasks wait for their turn, one of them runs, and a seed decides which. Happenings, such as what the network
 * brings, are run in between by whoever waits just then. A second passes as soon as nobody has anything to do before.
 */
final class Scheduler {

    private static final ThreadLocal<SimulatedTask> RUNNING = new ThreadLocal<>();
    private static final int MOST_STEPS = 3_000_000;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "simulated");
        thread.setDaemon(true);
        return thread;
    });

    private final Random random;
    private final PriorityQueue<Event> happenings = new PriorityQueue<>();
    private final PriorityQueue<Event> wakings = new PriorityQueue<>();
    private final Map<Object, List<SimulatedTask>> waiting = new IdentityHashMap<>();
    private final Map<Object, SimulatedTask> tasks = new IdentityHashMap<>();
    private final SimulatedTask world = new SimulatedTask(this, "world", null);
    private volatile SimulatedTask turn = world;
    private Throwable failure;
    // The process in which something happens just now.
    private Host acting;
    private boolean isHappening;
    private long now;
    private long count;
    private long steps;

    /** Something that happens at a time: a task goes on, or else something in between. */
    private record Event(long at, long number, Host host, SimulatedTask task, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    Scheduler(Random random) {
        this.random = random;
    }

    /** That of the task which runs. */
    static Scheduler current() {
        SimulatedTask task = RUNNING.get();
        if (task == null) {
            throw new IllegalStateException("called from outside of the simulation");
        }
        if (!task.scheduler().isHappening) {
            task.endIfKilled();
        }
        return task.scheduler();
    }

    static void running(SimulatedTask task) {
        RUNNING.set(task);
    }

    /** Lets the thread of the caller be the one that makes a world. */
    void run(Runnable what) throws Throwable {
        world.begin();
        try {
            what.run();
        } finally {
            RUNNING.remove();
        }
    }

    Random random() {
        return random;
    }

    /** In ns. */
    long now() {
        return now;
    }

    /** Between these, in ns. */
    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least));
    }

    /** Has something happen after that many ns, unless the process that it happens in is gone. */
    void after(long nanos, Host host, Runnable what) {
        happenings.add(new Event(now + nanos, count++, host, null, what));
    }

    /** Begins a task of the process that the caller is one of, under a key. */
    void start(String name, Object key, Runnable body) {
        start(name, key, isHappening ? acting : RUNNING.get().host(), body);
    }

    void start(String name, Object key, Host host, Runnable body) {
        SimulatedTask task = new SimulatedTask(this, name, host);
        tasks.put(key, task);
        wakeAfter(task, between(0, 20_000));
        THREADS.execute(() -> task.run(body));
    }

    /** Whether the task with that key has ended. */
    boolean hasEnded(Object key) {
        SimulatedTask task = tasks.get(key);
        return task == null || task.hasEnded();
    }

    void join(Object key, long nanos) throws InterruptedException {
        SimulatedTask task = tasks.get(key);
        if (task != null && !task.hasEnded()) {
            synchronized (task) {
                await(task, nanos);
            }
        }
    }

    void joinQuietly(Object key) {
        try {
            join(key, Long.MAX_VALUE);
        } catch (InterruptedException e) {
            // Its turn comes a little early.
        }
    }

    /** Interrupts the wait of a task, or its next one. */
    void interrupt(Object key) {
        SimulatedTask task = tasks.get(key);
        if (task != null && !task.hasEnded()) {
            task.interrupt();
            if (task.isWaiting()) {
                wakeAfter(task, 0);
            }
        }
    }

    /** The tasks of a process, by their keys. */
    List<Object> keysOf(Host host) {
        List<Object> keys = new ArrayList<>();
        tasks.forEach((key, task) -> {
            if (task.host() == host && !task.hasEnded()) {
                keys.add(key);
            }
        });
        keys.sort(Comparator.comparing(key -> tasks.get(key).number()));
        return keys;
    }

    /** Ends all tasks of a process at once, wherever they are. */
    void kill(Host host) {
        host.die();
        for (Object key : keysOf(host)) {
            if (tasks.get(key).isWaiting()) {
                wakeAfter(tasks.get(key), 0);
            }
        }
    }

    void sleep(long nanos) throws InterruptedException {
        SimulatedTask me = RUNNING.get();
        me.throwIfInterrupted();
        wakeAfter(me, Math.max(nanos, 1_000));
        letOthers(me, null);
        me.throwIfInterrupted();
    }

    /** Sleeps through interruptions. */
    void pause(long nanos) {
        SimulatedTask me = RUNNING.get();
        wakeAfter(me, Math.max(nanos, 1_000));
        letOthers(me, null);
    }

    /** Lets time pass for what the caller does, during which no other task has its turn. */
    void spend(long nanos) {
        long until = now + nanos;
        while (!happenings.isEmpty() && happenings.peek().at <= until) {
            happen(happenings.poll());
        }
        now = Math.max(now, until);
        RUNNING.get().endIfKilled();
    }

    /** Waits on a monitor that the caller holds. */
    void await(Object monitor, long nanos) throws InterruptedException {
        SimulatedTask me = RUNNING.get();
        me.throwIfInterrupted();
        waiting.computeIfAbsent(monitor, m -> new ArrayList<>()).add(me);
        me.waitsOn(monitor);
        if (nanos < Long.MAX_VALUE) {
            wakeAfter(me, nanos);
        }
        try {
            letOthers(me, monitor);
        } finally {
            me.waitsOn(null);
            List<SimulatedTask> others = waiting.get(monitor);
            if (others != null && others.remove(me) && others.isEmpty()) {
                waiting.remove(monitor);
            }
        }
        me.throwIfInterrupted();
    }

    void wake(Object monitor) {
        List<SimulatedTask> all = waiting.remove(monitor);
        if (all != null) {
            all.forEach(task -> wakeAfter(task, between(0, 30_000)));
        }
    }

    private void wakeAfter(SimulatedTask task, long nanos) {
        Event event = new Event(now + nanos, count++, task.host(), task, null);
        task.wakesAt(event);
        wakings.add(event);
    }

    private void letOthers(SimulatedTask me, Object monitor) {
        SimulatedTask next = next();
        if (next != me) {
            pass(next);
            me.awaitTurn(monitor);
        }
        me.endIfKilled();
    }

    /** A task has ended. */
    void ended(SimulatedTask task, Throwable thrown) {
        if (thrown != null && !(thrown instanceof Killed)) {
            fail(new AssertionError(task + " ended by " + thrown, thrown));
        }
        tasks.values().remove(task);
        wake(task);
        pass(next());
    }

    private void pass(SimulatedTask next) {
        turn = next;
        next.takeTurn();
    }

    boolean hasTurn(SimulatedTask task) {
        return turn == task;
    }

    // Lets happen what comes before any task goes on, and returns that.
    private SimulatedTask next() {
        while (failure == null) {
            boolean isNoTask = !happenings.isEmpty()
                    && (wakings.isEmpty() || happenings.peek().compareTo(wakings.peek()) < 0);
            Event event = isNoTask ? happenings.poll() : wakings.poll();
            if (event == null) {
                fail(new AssertionError("nothing can ever happen again; waiting: " + waiting.values()));
            } else if (++steps > MOST_STEPS) {
                fail(new AssertionError("there is no end of it, at " + now / 1_000_000 + " ms"));
            } else if (event.host != null && !event.host.isDead() && event.host.stillUntil() > Math.max(now, event.at)) {
                postpone(event);
            } else if (isNoTask) {
                happen(event);
            } else if (event.task.isWokenBy(event)) {
                now = Math.max(now, event.at);
                event.task.wakesAt(null);
                return event.task;
            }
        }
        world.wakesAt(null);
        return world;
    }

    private void postpone(Event event) {
        Event later = new Event(event.host.stillUntil(), event.number, event.host, event.task, event.what);
        if (event.task == null) {
            happenings.add(later);
        } else if (event.task.isWokenBy(event)) {
            event.task.wakesAt(later);
            wakings.add(later);
        }
    }

    private void happen(Event event) {
        if (event.host != null && event.host.stillUntil() > Math.max(now, event.at) && !event.host.isDead()) {
            postpone(event);
            return;
        }
        now = Math.max(now, event.at);
        if (event.host == null || !event.host.isDead()) {
            acting = event.host;
            isHappening = true;
            try {
                event.what.run();
            } catch (Throwable e) {
                fail(e);
            } finally {
                isHappening = false;
            }
        }
    }

    /** Ends the simulation. */
    void fail(Throwable why) {
        if (failure == null) {
            failure = why;
        }
    }

    /** What ended it, or null. */
    Throwable failure() {
        return failure;
    }

    /** How many steps it took. */
    long steps() {
        return steps;
    }

    /** Lets all tasks end, since the world does. */
    void end() {
        failure = null;
        steps = 0;
        happenings.clear();
        for (SimulatedTask task : List.copyOf(tasks.values())) {
            task.host().die();
            wakeAfter(task, 0);
        }
        while (!tasks.isEmpty() && failure == null) {
            pause(1_000_000);
        }
    }

}

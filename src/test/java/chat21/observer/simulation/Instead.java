package chat21.observer.simulation;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import com.rabbitmq.client.Channel;

import chat21.observer.internals.rabbitmq.BundlingConnection;

/**
 * What the engine calls in place of what waits, starts a thread, reads the time or takes a chance by itself. Each method
 * stands for that of its name, with the object that it is called on as its first parameter.
 */
public final class Instead {

    private static final long LOOK_NANOS = 500_000;

    private Instead() {
    }

    /** Whose method it stands for. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Of {
        Class<?> value();
    }

    /** What each {@code catch} begins with. */
    public static void letPass(Throwable caught) {
        if (caught instanceof Killed killed) {
            throw killed;
        }
    }

    @Of(System.class)
    public static long nanoTime() {
        return Scheduler.current().now();
    }

    @Of(TimeUnit.class)
    public static void sleep(TimeUnit unit, long time) throws InterruptedException {
        Scheduler.current().sleep(unit.toNanos(time));
    }

    @Of(LockSupport.class)
    public static void parkNanos(long nanos) {
        Scheduler.current().pause(nanos);
    }

    @Of(Object.class)
    public static void wait(Object monitor) throws InterruptedException {
        Scheduler.current().await(monitor, Long.MAX_VALUE);
    }

    @Of(Object.class)
    public static void wait(Object monitor, long ms) throws InterruptedException {
        Scheduler.current().await(monitor, ms == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(ms));
    }

    @Of(Object.class)
    public static void notifyAll(Object monitor) {
        Scheduler.current().wake(monitor);
    }

    @Of(Thread.class)
    public static void start(Thread thread) {
        Scheduler.current().start(thread.getName(), thread, thread::run);
    }

    @Of(Thread.class)
    public static void join(Thread thread, long ms) throws InterruptedException {
        Scheduler.current().join(thread, TimeUnit.MILLISECONDS.toNanos(ms));
    }

    @Of(Executors.class)
    public static ExecutorService newSingleThreadExecutor(ThreadFactory threads) {
        return new SimulatedExecutor(Scheduler.current());
    }

    @Of(BlockingDeque.class)
    public static boolean add(BlockingDeque<Object> queue, Object one) {
        boolean added = queue.add(one);
        Scheduler.current().wake(queue);
        return added;
    }

    @Of(BlockingDeque.class)
    public static Object poll(BlockingDeque<Object> queue, long time, TimeUnit unit) throws InterruptedException {
        Object one = queue.poll();
        if (one != null) {
            return one;
        }
        synchronized (queue) {
            Scheduler.current().await(queue, unit.toNanos(time));
        }
        return queue.poll();
    }

    @Of(Lock.class)
    public static void lock(Lock lock) {
        while (!lock.tryLock()) {
            Scheduler.current().pause(LOOK_NANOS);
        }
    }

    @Of(Lock.class)
    public static boolean tryLock(Lock lock, long time, TimeUnit unit) {
        long deadline = Scheduler.current().now() + unit.toNanos(time);
        while (!lock.tryLock()) {
            if (Scheduler.current().now() >= deadline) {
                return false;
            }
            Scheduler.current().pause(LOOK_NANOS);
        }
        return true;
    }

    @Of(ThreadLocalRandom.class)
    public static long nextLong(ThreadLocalRandom any) {
        return Scheduler.current().random().nextLong();
    }

    @Of(ThreadLocalRandom.class)
    public static int nextInt(ThreadLocalRandom any, int bound) {
        return Scheduler.current().random().nextInt(bound);
    }

    @Of(BundlingConnection.class)
    public static BundlingConnection.Bundle bundleOn(Channel channel) {
        return () -> { };
    }

    @Of(BundlingConnection.class)
    public static BooleanSupplier blocking(Channel channel) {
        return SimulatedChannel.of(channel)::isBlocked;
    }
}

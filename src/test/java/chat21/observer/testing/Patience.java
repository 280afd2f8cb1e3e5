package chat21.observer.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long tests wait for what has to come. A bound is said for a quiet machine, and grows with how much slower this one is at
 * the moment, so that a busy machine makes tests slow and not red. As an extension it sets the bound of each
 * {@code await()} that names none.
 */
public final class Patience implements BeforeAllCallback, BeforeEachCallback {

    private static final Duration DEFAULT = Duration.ofSeconds(120);
    private static final double MOST = 20;
    private static final long SAMPLE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final double AT_START = slownessOfAThread();

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(of(DEFAULT));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Awaitility.setDefaultTimeout(of(DEFAULT));
    }

    /** As long as these seconds of a quiet machine. */
    public static Duration seconds(long quiet) {
        return of(Duration.ofSeconds(quiet));
    }

    /** As long as this time of a quiet machine. */
    public static Duration of(Duration quiet) {
        return Duration.ofMillis((long) (quiet.toMillis() * slowness()));
    }

    /** Whether a process ends of itself within a minute of a quiet machine. */
    public static boolean untilEndOf(Process process) throws InterruptedException {
        return process.waitFor(seconds(60).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many times longer work takes here than on a quiet machine: 1 or more. */
    static double slowness() {
        double waiting = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                / Runtime.getRuntime().availableProcessors();
        return Math.min(MOST, Math.max(1, Math.max(AT_START, waiting)));
    }

    // A thread that always wants the processor, and how much of the time it got it.
    private static double slownessOfAThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (!threads.isCurrentThreadCpuTimeSupported()) {
            return 1;
        }
        long began = System.nanoTime();
        long worked = threads.getCurrentThreadCpuTime();
        while (threads.getCurrentThreadCpuTime() - worked < SAMPLE_NS) {
            Thread.onSpinWait();
        }
        return (double) (System.nanoTime() - began) / SAMPLE_NS;
    }
}

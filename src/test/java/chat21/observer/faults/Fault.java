package chat21.observer.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import chat21.observer.testing.Management;

/** How long faults last, and how soon all is well after them. */
final class Fault {

    private Fault() {
    }

    /** Returns when a fault has lasted as long as it is to last. */
    static void last() {
        last(Faults.LASTING);
    }

    static void last(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await("the fault to last").atMost(time.plusSeconds(30)).until(() -> System.nanoTime() >= end);
    }

    /** The cause has just gone: messages flow and health says so, without a hand and soon. */
    static void assertBackToNormal(String since, Traffic traffic, Management... nodes) {
        long start = System.nanoTime();
        traffic.awaitFlow();
        List.of(nodes).forEach(Management::awaitReady);
        Duration recovery = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("[FAULT] back to normal %d ms after %s%n", recovery.toMillis(), since);
        assertThat(recovery).as("back to normal after " + since).isLessThan(Faults.RECOVERY);
    }
}

package chat21.observer.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import chat21.observer.testing.Management;
import chat21.observer.testing.Patience;

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
        await("the fault to last").atMost(time.plus(Patience.seconds(30))).until(() -> System.nanoTime() >= end);
    }

    /**
     * The cause has just gone: messages flow and health says so, without a hand and soon. What waited comes first, so what is
     * sent from now on may take as much longer as the fault has lasted.
     */
    static void assertBackToNormal(String since, Traffic traffic, Management... nodes) {
        long start = System.nanoTime();
        Duration flow = traffic.awaitFlow(Faults.LASTING.plus(Faults.RECOVERY));
        List.of(nodes).forEach(Management::awaitReady);
        Duration all = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("[FAULT] messages flow %d ms after %s, and have caught up after %d ms%n", flow.toMillis(), since,
                all.toMillis());
        assertThat(flow).as("messages flow after " + since).isLessThan(Patience.of(Faults.RECOVERY));
        assertThat(all).as("caught up after " + since).isLessThan(Patience.of(Faults.RECOVERY).plus(Faults.LASTING));
    }
}

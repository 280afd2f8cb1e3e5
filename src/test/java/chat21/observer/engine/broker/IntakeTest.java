package chat21.observer.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class IntakeTest {

    private final Intake intake = new Intake(100);
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    @Test
    void nothingIsReadWhileTooMuchIsNotDone() throws Exception {
        intake.add(99);
        read();
        intake.add(1);
        CompletableFuture<Void> next = next();

        await().during(java.time.Duration.ofMillis(200)).until(() -> read.get() == 1);
        intake.remove(50);
        next.join();
        assertThat(read).hasValue(2);
    }

    @Test
    void nobodyIsKeptWaitingOnAConnectionThatIsClosed() {
        intake.add(100);
        CompletableFuture<Void> next = next();
        closed.set(true);

        next.join();
        assertThat(read).hasValue(1);
    }

    @Test
    void allIsReadOnceNothingIsKept() {
        intake.add(1_000);
        CompletableFuture<Void> next = next();
        intake.open(true);

        next.join();
        assertThat(read).hasValue(1);
    }

    // As a connection does before each frame.
    private void read() throws InterruptedException {
        intake.await(closed::get);
        read.incrementAndGet();
    }

    private CompletableFuture<Void> next() {
        return CompletableFuture.runAsync(() -> {
            try {
                read();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, task -> new Thread(task).start());
    }
}

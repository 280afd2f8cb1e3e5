package chat21.observer.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final Intake intake = new Intake(100);
    private final AtomicInteger read = new AtomicInteger();
    private final FrameHandler network = (FrameHandler) Proxy.newProxyInstance(FrameHandler.class.getClassLoader(),
            new Class<?>[] {FrameHandler.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("readFrame")) {
                    read.incrementAndGet();
                    return new Frame(AMQP.FRAME_HEARTBEAT, 0, new byte[0]);
                }
                return null;
            });
    private final PatientFrames frames = new PatientFrames(network, intake);

    @Test
    void nothingIsReadWhileTooMuchIsNotDone() throws Exception {
        intake.add(99);
        frames.readFrame();
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
        frames.close();

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

    private CompletableFuture<Void> next() {
        return CompletableFuture.runAsync(() -> {
            try {
                frames.readFrame();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }, task -> new Thread(task).start());
    }
}

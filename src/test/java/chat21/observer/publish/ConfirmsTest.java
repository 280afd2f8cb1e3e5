package chat21.observer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;

import com.rabbitmq.client.Channel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConfirmsTest {

    // Less than the slices in which a wait looks by itself.
    private static final long SOON_MS = 500;

    private boolean open = true;
    private Confirms confirms;

    @BeforeEach
    void select() throws IOException {
        Channel channel = (Channel) Proxy.newProxyInstance(Channel.class.getClassLoader(), new Class<?>[] {Channel.class},
                (proxy, method, arguments) -> method.getName().equals("isOpen") ? open : null);
        confirms = Confirms.of(channel);
    }

    @Test
    void allUpToANumberAreConfirmedAtOnce() throws Exception {
        confirms.handleAck(3, true);

        confirms.await(3);
        assertThat(confirms.isDone(3)).isTrue();
        assertThat(confirms.isDone(4)).isFalse();
    }

    @Test
    void whatIsConfirmedOutOfOrderCountsOnceWhatCameBeforeIsConfirmed() {
        confirms.handleAck(2, false);
        confirms.handleAck(4, false);
        confirms.handleAck(3, false);
        assertThat(confirms.isDone(1)).isFalse();

        confirms.handleAck(1, false);

        assertThat(confirms.isDone(4)).isTrue();
        assertThat(confirms.isDone(5)).isFalse();
    }

    @Test
    void manyAtOnceMeetThoseThatWereConfirmedOneByOne() {
        confirms.handleAck(2, false);
        confirms.handleAck(6, false);
        confirms.handleAck(5, true);
        assertThat(confirms.isDone(6)).isTrue();

        confirms.handleAck(4, true);

        assertThat(confirms.isDone(6)).isTrue();
        assertThat(confirms.isDone(7)).isFalse();
    }

    @Test
    void aRefusalEndsTheWait() {
        confirms.handleAck(1, false);
        confirms.handleNack(2, false);

        assertThatThrownBy(() -> confirms.await(2)).isInstanceOf(IOException.class).hasMessageContaining("did not take");
    }

    @Test
    void aClosedChannelEndsTheWaitForWhatIsUnconfirmedOnly() throws Exception {
        confirms.handleAck(1, false);
        open = false;

        confirms.await(1);
        assertThatThrownBy(() -> confirms.await(2)).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    @Timeout(30)
    void eachGoesOnAsSoonAsWhatItWaitsForIsConfirmed() throws Exception {
        Thread first = waitingFor(1);
        Thread second = waitingFor(3);

        confirms.handleAck(1, false);
        first.join();
        confirms.handleAck(2, false);
        assertThat(second.isAlive()).isTrue();

        confirms.handleAck(3, false);
        second.join(SOON_MS);
        assertThat(second.isAlive()).as("is woken, instead of looking by itself").isFalse();
    }

    private Thread waitingFor(long number) {
        Thread thread = new Thread(() -> {
            try {
                confirms.await(number);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }
}

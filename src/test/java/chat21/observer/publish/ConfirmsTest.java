package chat21.observer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;

import com.rabbitmq.client.Channel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfirmsTest {

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
}

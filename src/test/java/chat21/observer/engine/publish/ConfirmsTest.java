package chat21.observer.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.message.Publication;

class ConfirmsTest {

    // Less than the slices in which a wait looks by itself.
    private static final long SOON_MS = 500;

    private static final long SILENCE_MS = 50;

    private final List<String> aborted = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Lanes lanes = new Lanes(new Tries(2, 1, 1), new Untaken(meters), () -> { });
    private volatile boolean blocked = true;
    private boolean open = true;
    private Confirms confirms;

    @BeforeEach
    void select() throws IOException {
        Channel channel = (Channel) Proxy.newProxyInstance(Channel.class.getClassLoader(), new Class<?>[] {Channel.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isOpen" -> open;
                    case "getConnection" -> connection();
                    default -> null;
                });
        confirms = Confirms.of(channel, lanes, () -> blocked, SILENCE_MS);
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
    void whatIsNotTakenCountsAsConfirmedAndIsAMatterOfItsLane() throws Exception {
        sending("bob", "carol");

        confirms.handleNack(1, false);
        confirms.handleAck(2, false);

        confirms.await(2);
        assertThat(lanes.areHeld()).isTrue();
        assertThat(lanes.hold(publication("bob"), new Handover())).isTrue();
        assertThat(lanes.hold(publication("carol"), new Handover())).isFalse();
    }

    @Test
    void manyMayBeRefusedAtOnce() throws Exception {
        sending("bob", "carol", "dave");

        confirms.handleAck(2, false);
        confirms.handleNack(3, true);

        confirms.await(3);
        assertThat(lanes.hold(publication("bob"), new Handover())).isTrue();
        assertThat(lanes.hold(publication("carol"), new Handover())).isFalse();
        assertThat(lanes.hold(publication("dave"), new Handover())).isTrue();
    }

    @Test
    void whatIsRefusedAfterSomethingLaterWasTakenIsGivenUp() {
        sending("bob", "bob", "bob");
        confirms.handleAck(3, false);

        confirms.handleNack(1, false);
        confirms.handleAck(2, false);

        assertThat(lanes.areHeld()).isFalse();
        assertThat(meters.get("chat21_publications_given_up").tag("reason", "overtaken").counter().count()).isEqualTo(1);
    }

    @Test
    void aBrokerThatIsSilentWithoutBlockingLosesItsConnection() {
        blocked = false;

        assertThatThrownBy(() -> confirms.await(1)).isInstanceOf(IOException.class).hasMessageContaining("in time");
        assertThat(aborted).containsExactly("abort");
    }

    @Test
    void aBrokerThatBlocksPublishersIsWaitedFor() throws Exception {
        Thread waiting = waitingFor(1);

        waiting.join(SILENCE_MS * 30);
        assertThat(waiting.isAlive()).isTrue();

        confirms.handleAck(1, false);
        waiting.join();
        assertThat(aborted).isEmpty();
    }

    private Connection connection() {
        return (Connection) Proxy.newProxyInstance(Channel.class.getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    aborted.add(method.getName());
                    return null;
                });
    }

    private void sending(String... users) {
        for (int i = 0; i < users.length; i++) {
            confirms.sending(new Sent(publication(users[i]), new Handover(), i + 1));
        }
    }

    private static Publication publication(String user) {
        return Publication.json("amq.topic", "apps.a.users." + user + ".messages.alice.clientadded", new byte[0]);
    }

    @Test
    void aClosedChannelEndsTheWaitForWhatIsUnconfirmedOnly() throws Exception {
        confirms.handleAck(1, false);
        open = false;

        confirms.await(1);
        assertThatThrownBy(() -> confirms.await(2)).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
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

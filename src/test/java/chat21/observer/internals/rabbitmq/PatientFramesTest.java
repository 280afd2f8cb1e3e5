package chat21.observer.internals.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.AMQImpl;
import org.junit.jupiter.api.Test;

class PatientFramesTest {

    private final FramesOfABroker broker = new FramesOfABroker();
    private final Semaphore room = new Semaphore(1_000);
    private volatile BooleanSupplier closed;

    @Test
    void theClientReadsNothingWhileThereIsNoRoom() throws Exception {
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            BooleanSupplier blocking = BundlingConnection.blocking(channel);
            room.drainPermits();
            // One that it waits for already.
            broker.say(0, new AMQImpl.Connection.Unblocked());
            await().until(room::hasQueuedThreads);

            broker.say(0, new AMQImpl.Connection.Blocked("low on memory"));
            assertThat(blocking.getAsBoolean()).isFalse();

            room.release(1_000);
            await().until(blocking::getAsBoolean);
        }
    }

    @Test
    void aConnectionThatIsClosedIsOver() throws Exception {
        Connection connection = connect();
        await().until(() -> !closed.getAsBoolean());

        connection.close();

        await().until(closed::getAsBoolean);
    }

    private Connection connect() throws Exception {
        return broker.factory(over -> {
            closed = over;
            room.acquire();
        }).newConnection();
    }
}

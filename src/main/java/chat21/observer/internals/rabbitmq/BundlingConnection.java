package chat21.observer.internals.rabbitmq;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MetricsCollector;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.ConnectionParams;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.observation.ObservationCollector;

/**
 * A connection that can write what one thread publishes in a row to the broker in few large pieces. The client by itself
 * hands each message to the network, and the broker wakes up for each.
 */
public final class BundlingConnection extends AMQConnection {

    private volatile boolean bundling;
    private volatile boolean blocked;

    private BundlingConnection(ConnectionParams parameters, FrameHandler frames, MetricsCollector metrics) {
        super(parameters, frames, metrics, ObservationCollector.NO_OP);
        addBlockedListener(reason -> blocked = true, () -> blocked = false);
    }

    /** A bundle that is being filled. */
    @FunctionalInterface
    public interface Bundle extends AutoCloseable {

        /** Writes what is left of it. */
        @Override
        void close() throws IOException;
    }

    /** What is published on the channel until this is closed may wait to be written together; for one thread at a time. */
    public static Bundle bundleOn(Channel channel) {
        return ((BundlingConnection) channel.getConnection()).bundle();
    }

    /** Tells whether the broker has said that it takes nothing now from the connection of that channel. */
    public static BooleanSupplier blocking(Channel channel) {
        BundlingConnection connection = (BundlingConnection) channel.getConnection();
        return () -> connection.blocked;
    }

    Bundle bundle() {
        bundling = true;
        return () -> {
            bundling = false;
            flush();
        };
    }

    // The client flushes after each message; its buffer is written when it is full, too.
    @Override
    public void flush() throws IOException {
        if (!bundling) {
            super.flush();
        }
    }

    /** Makes such connections, which are read while there is room. */
    public static class Factory extends ConnectionFactory {

        private final PatientFrames.Room room;

        public Factory(PatientFrames.Room room) {
            this.room = room;
            // Spring brings lost connections back itself, and the client would make others than these.
            setAutomaticRecoveryEnabled(false);
        }

        @Override
        protected AMQConnection createConnection(ConnectionParams parameters, FrameHandler frames, MetricsCollector metrics) {
            return new BundlingConnection(parameters, new PatientFrames(frames, room), metrics);
        }
    }
}

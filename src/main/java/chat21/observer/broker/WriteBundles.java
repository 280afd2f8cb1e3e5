package chat21.observer.broker;

import java.io.IOException;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;

/**
 * Writes what one thread publishes in a row to the broker in few large pieces. The client would hand each message to the
 * network by itself, and the broker would wake up for each.
 */
public final class WriteBundles {

    private volatile boolean open;
    private volatile FrameHandler newest;

    /** What is published until this is closed may wait to be written together; for one thread at a time. */
    public Bundle open() {
        open = true;
        return this::write;
    }

    /** A bundle that is being filled. */
    @FunctionalInterface
    public interface Bundle extends AutoCloseable {

        /** Writes what is left of it. */
        @Override
        void close() throws IOException;
    }

    private void write() throws IOException {
        open = false;
        FrameHandler handler = newest;
        if (handler != null) {
            handler.flush();
        }
    }

    /** A factory of which one connection at a time is open, which writes in bundles. */
    ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory() {
            @Override
            protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
                FrameHandlerFactory stock = super.createFrameHandlerFactory();
                return (address, name) -> newest = new BundlingFrameHandler(stock.create(address, name), () -> open);
            }
        };
        // Spring brings connections back itself, and warns where the client would too.
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }
}

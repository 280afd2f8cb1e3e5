package chat21.observer.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.function.BooleanSupplier;

import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;

/** The client's own way to the network, except that frames stay in its buffer while it is not full and a bundle is open. */
final class BundlingFrameHandler implements FrameHandler {

    private final FrameHandler stock;
    private final BooleanSupplier bundleIsOpen;

    BundlingFrameHandler(FrameHandler stock, BooleanSupplier bundleIsOpen) {
        this.stock = stock;
        this.bundleIsOpen = bundleIsOpen;
    }

    @Override
    public void flush() throws IOException {
        if (!bundleIsOpen.getAsBoolean()) {
            stock.flush();
        }
    }

    @Override
    public void writeFrame(Frame frame) throws IOException {
        stock.writeFrame(frame);
    }

    @Override
    public Frame readFrame() throws IOException {
        return stock.readFrame();
    }

    @Override
    public void initialize(AMQConnection connection) {
        stock.initialize(connection);
    }

    @Override
    public void sendHeader() throws IOException {
        stock.sendHeader();
    }

    @Override
    public void setTimeout(int timeoutMs) throws SocketException {
        stock.setTimeout(timeoutMs);
    }

    @Override
    public int getTimeout() throws SocketException {
        return stock.getTimeout();
    }

    @Override
    public InetAddress getLocalAddress() {
        return stock.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return stock.getLocalPort();
    }

    @Override
    public InetAddress getAddress() {
        return stock.getAddress();
    }

    @Override
    public int getPort() {
        return stock.getPort();
    }

    @Override
    public void close() {
        stock.close();
    }
}

package chat21.observer.engine.broker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketException;

import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;

/** Reads from the broker only while there is room for what comes; until then it waits there, held back by the network. */
final class PatientFrames implements FrameHandler {

    private final FrameHandler frames;
    private final Intake intake;
    private volatile boolean closed;

    PatientFrames(FrameHandler frames, Intake intake) {
        this.frames = frames;
        this.intake = intake;
    }

    @Override
    public Frame readFrame() throws IOException {
        try {
            intake.await(() -> closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return frames.readFrame();
    }

    @Override
    public void close() {
        closed = true;
        frames.close();
    }

    @Override
    public void setTimeout(int ms) throws SocketException {
        frames.setTimeout(ms);
    }

    @Override
    public int getTimeout() throws SocketException {
        return frames.getTimeout();
    }

    @Override
    public void sendHeader() throws IOException {
        frames.sendHeader();
    }

    @Override
    public void initialize(AMQConnection connection) {
        frames.initialize(connection);
    }

    @Override
    public void writeFrame(Frame frame) throws IOException {
        frames.writeFrame(frame);
    }

    @Override
    public void flush() throws IOException {
        frames.flush();
    }

    @Override
    public InetAddress getLocalAddress() {
        return frames.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return frames.getLocalPort();
    }

    @Override
    public InetAddress getAddress() {
        return frames.getAddress();
    }

    @Override
    public int getPort() {
        return frames.getPort();
    }
}

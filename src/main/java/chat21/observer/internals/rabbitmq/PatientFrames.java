package chat21.observer.internals.rabbitmq;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.function.BooleanSupplier;

import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;

/** Reads from the broker only while there is room for what comes; until then it waits there, held back by the network. */
public final class PatientFrames implements FrameHandler {

    private final FrameHandler frames;
    private final Room room;
    private volatile boolean closed;

    /** Where what comes is kept. */
    @FunctionalInterface
    public interface Room {

        /** Returns once there is room, or it is over. */
        void await(BooleanSupplier over) throws InterruptedException;
    }

    PatientFrames(FrameHandler frames, Room room) {
        this.frames = frames;
        this.room = room;
    }

    @Override
    public Frame readFrame() throws IOException {
        try {
            room.await(() -> closed);
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

package chat21.observer.internals.rabbitmq;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.client.impl.Method;

/** A broker that agrees to everything, as the client's own frames: what the client really does is seen without a network. */
final class FramesOfABroker implements FrameHandler {

    private static final Frame END = new Frame(0, 0);

    /** What the client did, in order: the methods that it wrote, and {@code flush}. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    private final BlockingQueue<Frame> said = new LinkedBlockingQueue<>();

    /** Makes connections to it, as the application makes them. */
    ConnectionFactory factory(PatientFrames.Room room) {
        return new BundlingConnection.Factory(room) {
            @Override
            protected synchronized FrameHandlerFactory createFrameHandlerFactory() {
                return (address, name) -> FramesOfABroker.this;
            }
        };
    }

    void say(int channel, Method method) throws IOException {
        said.add(method.toFrame(channel));
    }

    @Override
    public void sendHeader() throws IOException {
        say(0, new AMQImpl.Connection.Start(0, 9, Map.of("capabilities", Map.of("connection.blocked", true)),
                LongStringHelper.asLongString("PLAIN"), LongStringHelper.asLongString("en_US")));
    }

    @Override
    public void initialize(AMQConnection connection) {
        connection.startMainLoop();
    }

    @Override
    public Frame readFrame() throws IOException {
        try {
            Frame frame = said.take();
            if (frame == END) {
                throw new EOFException();
            }
            return frame;
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Override
    public void writeFrame(Frame frame) throws IOException {
        if (frame.type != AMQP.FRAME_METHOD) {
            return;
        }
        Method method = (Method) AMQImpl.readMethodFrom(new DataInputStream(frame.getInputStream()));
        heard.add(method.protocolMethodName());
        Method answer = switch (method.protocolMethodName()) {
            case "connection.start-ok" -> new AMQImpl.Connection.Tune(0, 0, 0);
            case "connection.open" -> new AMQImpl.Connection.OpenOk("");
            case "connection.close" -> new AMQImpl.Connection.CloseOk();
            case "channel.open" -> new AMQImpl.Channel.OpenOk(LongStringHelper.asLongString(""));
            case "channel.close" -> new AMQImpl.Channel.CloseOk();
            case "queue.declare" -> new AMQImpl.Queue.DeclareOk(((AMQP.Queue.Declare) method).getQueue(), 0, 0);
            case "basic.qos" -> new AMQImpl.Basic.QosOk();
            case "basic.consume" -> new AMQImpl.Basic.ConsumeOk("consumer");
            case "basic.cancel" -> new AMQImpl.Basic.CancelOk("consumer");
            default -> null;
        };
        if (answer != null) {
            say(frame.channel, answer);
        }
    }

    @Override
    public void flush() {
        heard.add("flush");
    }

    @Override
    public void close() {
        said.add(END);
    }

    @Override
    public void setTimeout(int ms) {
        // Nothing has to be waited for here.
    }

    @Override
    public int getTimeout() {
        return 0;
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getLocalPort() {
        return 1;
    }

    @Override
    public InetAddress getAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return 2;
    }
}

package chat21.observer.simulation;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import org.springframework.amqp.rabbit.connection.ChannelProxy;

/** A channel as the client's library shows it, with what the broker knows of it behind it. */
final class SimulatedChannel implements InvocationHandler {

    private final Link link;
    private final int number;
    private final Channel proxy = of(Channel.class, this);
    private final List<ShutdownListener> whenClosed = new ArrayList<>();
    private Runnable whenLostAtBroker = () -> { };
    private Runnable whenClosedHere = () -> { };
    private AtBroker atBroker;
    private ConfirmListener confirms;
    private boolean open = true;
    private boolean up = true;
    private boolean claimed;
    private long published;

    /** What the broker does with what is sent on it. */
    interface AtBroker {

        void acknowledged(long tag);

        void published(long number, String exchange, String routingKey, byte[] body);
    }

    SimulatedChannel(Link link, int number) {
        this.link = link;
        this.number = number;
        link.add(this);
    }

    static SimulatedChannel of(Channel channel) {
        return (SimulatedChannel) Proxy.getInvocationHandler(channel);
    }

    void serveAtBroker(AtBroker what, Runnable whenLost) {
        atBroker = what;
        whenLostAtBroker = whenLost;
    }

    void whenClosedHere(Runnable what) {
        whenClosedHere = what;
    }

    Channel proxy() {
        return proxy;
    }

    Link link() {
        return link;
    }

    boolean isOpen() {
        return open && link.isOpen();
    }

    boolean isUp() {
        return up;
    }

    boolean isBlocked() {
        return link.isBlocked();
    }

    /**
     * The process has said that the queue of this channel is its own. That the broker has given the queue to another node before,
     * it has to know: nothing in the database would tell.
     */
    void claim() throws IOException {
        if (!up && !claimed) {
            loseAtProcess();
            throw new IOException("the channel is lost");
        }
        claimed = true;
    }

    /** Tells the process what became of what it published. */
    void confirm(long upTo, boolean multiple, boolean taken) {
        link.toProcess(() -> {
            if (open) {
                try {
                    if (taken) {
                        confirms.handleAck(upTo, multiple);
                    } else {
                        confirms.handleNack(upTo, multiple);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    void loseAtBroker() {
        if (up) {
            up = false;
            whenLostAtBroker.run();
        }
    }

    void loseAtProcess() {
        if (open) {
            open = false;
            ShutdownSignalException why = new ShutdownSignalException(false, false, null, null);
            whenClosed.forEach(listener -> listener.shutdownCompleted(why));
            whenClosedHere.run();
        }
    }

    /** The broker closes it. */
    void closeAtBroker(long nanos) {
        loseAtBroker();
        link.scheduler().after(nanos, link.host(), this::loseAtProcess);
    }

    private void abort() {
        loseAtProcess();
        link.toBroker(this::loseAtBroker);
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) {
        Scheduler scheduler = Scheduler.current();
        switch (method.getName()) {
            case "isOpen":
                return isOpen();
            case "hashCode":
                return number;
            case "equals":
                return self == arguments[0];
            case "toString":
                return "channel " + number + " of " + link.host();
            case "getNextPublishSeqNo":
                return published + 1;
            case "getTargetChannel":
                return proxy;
            case "getConnection":
                return of(Connection.class, this::onConnection);
            case "confirmSelect":
                return null;
            case "addConfirmListener":
                confirms = (ConfirmListener) arguments[0];
                return null;
            case "addShutdownListener":
                whenClosed.add((ShutdownListener) arguments[0]);
                return null;
            case "abort":
                abort();
                return null;
            case "basicAck":
                requireOpen();
                long tag = (Long) arguments[0];
                link.toBroker(() -> ifUp(() -> atBroker.acknowledged(tag)));
                return null;
            case "basicPublish":
                requireOpen();
                long next = ++published;
                byte[] body = (byte[]) arguments[3];
                link.toBroker(() -> ifUp(() -> atBroker.published(next, (String) arguments[0], (String) arguments[1], body)));
                // The client writes to a socket, and is not alone on the machine.
                scheduler.spend(scheduler.between(1_000, 60_000));
                return null;
            default:
                throw new UnsupportedOperationException(method.getName());
        }
    }

    private void ifUp(Runnable what) {
        if (up) {
            what.run();
        }
    }

    private Object onConnection(Object self, Method method, Object[] arguments) {
        if (!method.getName().equals("abort")) {
            throw new UnsupportedOperationException(method.getName());
        }
        link.abort();
        return null;
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw new AlreadyClosedException(new ShutdownSignalException(false, false, null, null));
        }
    }

    /** It as Spring wraps it. */
    ChannelProxy wrapped() {
        return of(ChannelProxy.class, this);
    }

    @SuppressWarnings("unchecked")
    static <T> T of(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }
}

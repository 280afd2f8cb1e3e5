package chat21.observer.testing;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.rabbitmq.client.Channel;

import chat21.observer.message.Delivery;

/** Deliveries as a broker makes them, on a channel that only remembers what it is told. */
public final class Deliveries {

    /** When these deliveries came. */
    public static final long RECEIVED_AT = 1_750_000_000_000L;

    private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    private final Channel channel = (Channel) Proxy.newProxyInstance(Channel.class.getClassLoader(),
            new Class<?>[] {Channel.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "isOpen" -> this.open;
                case "basicAck" -> {
                    acknowledged.add((Long) arguments[0]);
                    yield null;
                }
                case "abort" -> {
                    this.open = false;
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                case "toString" -> "channel";
                default -> throw new UnsupportedOperationException(method.getName());
            });
    private volatile boolean open = true;
    private long tag;

    /** A message from alice to bob, in app {@code a}. */
    public static Delivery outgoing(String json) {
        return new Deliveries().to("bob", json);
    }

    /** The next delivery: a message from alice to somebody, in app {@code a}. */
    public Delivery to(String recipient, String json) {
        return on("apps.a.outgoing.users.alice.messages." + recipient + ".outgoing", json);
    }

    /** The next delivery. */
    public Delivery on(String routingKey, String body) {
        return next(routingKey, body, false);
    }

    /** The next delivery, from another queue than messages. */
    public Delivery from(String queue, String json) {
        return next(queue, "apps.a.outgoing.users.alice.messages.bob.outgoing", json, false);
    }

    /** The next delivery, which the broker has handed over before. */
    public Delivery again(String recipient, String json) {
        return next("apps.a.outgoing.users.alice.messages." + recipient + ".outgoing", json, true);
    }

    private Delivery next(String routingKey, String body, boolean redelivered) {
        return next("messages", routingKey, body, redelivered);
    }

    private Delivery next(String queue, String routingKey, String body, boolean redelivered) {
        return new Delivery(queue, routingKey, body.getBytes(StandardCharsets.UTF_8), redelivered, channel, ++tag,
                RECEIVED_AT, UUID.randomUUID());
    }

    /** Loses the connection. */
    public void lose() {
        open = false;
    }

    /** The tags that were acknowledged. */
    public List<Long> acknowledged() {
        return acknowledged;
    }
}

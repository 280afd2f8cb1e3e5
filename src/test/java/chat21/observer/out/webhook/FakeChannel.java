package chat21.observer.out.webhook;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;

/** A channel that notes what it is asked to do, and confirms or not as the test says. */
final class FakeChannel {

    /** What was published. */
    record Published(String queue, BasicProperties properties, byte[] body) {
    }

    final List<Published> published = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    boolean confirms = true;

    Channel channel() {
        return (Channel) Proxy.newProxyInstance(FakeChannel.class.getClassLoader(), new Class<?>[] {Channel.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    calls.add(method.getName());
                    return switch (method.getName()) {
                        case "basicPublish" -> {
                            published.add(new Published((String) arguments[1], (BasicProperties) arguments[2],
                                    (byte[]) arguments[3]));
                            yield null;
                        }
                        case "waitForConfirms" -> confirms;
                        case "confirmSelect", "basicAck", "basicNack" -> null;
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }
}

package chat21.observer.engine.broker;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Finds out whether messages of some routing keys still lead anywhere: the broker gives an empty message back that no binding
 * takes. It does not say which bindings there are. What arrives is a probe, and counts for nothing.
 */
public final class BindingProbe {

    private static final String TYPE = "chat21.probe";
    private static final String NOBODY = "chat21-probe";
    private static final long TIMEOUT_MS = 5_000;

    private final ConnectionFactory connections;
    private final String exchange;
    private final String ownUser;

    /** @param ownUser what this application is to the broker, which lets nobody else say so */
    public BindingProbe(ConnectionFactory connections, String exchange, String ownUser) {
        this.connections = connections;
        this.exchange = exchange;
        this.ownUser = ownUser;
    }

    /**
     * Those of the binding keys for which no queue gets anything.
     *
     * @param keys as they are bound, with a * for any word
     * @throws IOException if the broker does not answer in time
     */
    public Set<String> unbound(Collection<String> keys) throws IOException {
        Map<String, String> asked = keys.stream().collect(Collectors.toMap(key -> key.replace("*", NOBODY), key -> key));
        Set<String> returned = ConcurrentHashMap.newKeySet();
        BasicProperties properties = new BasicProperties.Builder().type(TYPE).userId(ownUser).deliveryMode(1).build();
        try (Channel channel = connections.createConnection().getDelegate().createChannel()) {
            channel.addReturnListener(message -> returned.add(asked.get(message.getRoutingKey())));
            channel.confirmSelect();
            for (String key : asked.keySet()) {
                channel.basicPublish(exchange, key, true, properties, new byte[0]);
            }
            // A message that comes back does so before it is confirmed.
            channel.waitForConfirms(TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            throw new IOException("the broker does not confirm", e);
        }
        return returned;
    }

    /** Whether a message is such a probe of the user of that name. */
    public static boolean isOne(MessageProperties properties, String user) {
        return TYPE.equals(properties.getType()) && user.equals(properties.getReceivedUserId());
    }
}

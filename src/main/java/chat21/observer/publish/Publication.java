package chat21.observer.publish;

import com.rabbitmq.client.AMQP.BasicProperties;

/**
 * One message on its way to the broker.
 *
 * @param exchange   the exchange; the empty name leads straight to the queue named by the routing key
 * @param routingKey the routing key
 * @param properties its properties; never those of a message that came in
 * @param body       its bytes, not to be changed
 */
public record Publication(String exchange, String routingKey, BasicProperties properties, byte[] body) {

    private static final BasicProperties PERSISTENT_JSON =
            new BasicProperties.Builder().deliveryMode(2).contentType("application/json").build();

    /** JSON for whoever is bound to the routing key. */
    public static Publication json(String exchange, String routingKey, byte[] body) {
        return new Publication(exchange, routingKey, PERSISTENT_JSON, body);
    }
}

package chat21.observer.message;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import com.rabbitmq.client.AMQP.BasicProperties;

/**
 * One message on its way to the broker.
 *
 * @param exchange   the exchange; the empty name leads straight to the queue named by the routing key
 * @param routingKey the routing key
 * @param properties its properties; never those of a message that came in
 * @param content    writes its bytes when its turn comes, so that what shares a large part need not hold it often
 */
public record Publication(String exchange, String routingKey, BasicProperties properties, Supplier<byte[]> content) {

    /** The header that says that a back end answers for a promised message; believed as its id is. */
    public static final String VOUCHED = "x-vouched";

    private static final BasicProperties PERSISTENT_JSON =
            new BasicProperties.Builder().deliveryMode(2).contentType("application/json").build();

    /** A message whose bytes, not to be changed, are there already. */
    public Publication(String exchange, String routingKey, BasicProperties properties, byte[] body) {
        this(exchange, routingKey, properties, () -> body);
    }

    /** JSON for whoever is bound to the routing key. */
    public static Publication json(String exchange, String routingKey, byte[] body) {
        return new Publication(exchange, routingKey, PERSISTENT_JSON, body);
    }

    /** JSON that is of use for that long only: it is neither kept on disk nor handed out afterwards. */
    public static Publication passing(String exchange, String routingKey, byte[] body, Duration lasts) {
        return new Publication(exchange, routingKey, new BasicProperties.Builder().deliveryMode(1)
                .contentType("application/json").expiration(Long.toString(lasts.toMillis())).build(), body);
    }

    /**
     * JSON that becomes the message of that id. The broker proves the user's name, and that name is why the observer
     * believes the id.
     *
     * @param user         what this application is to the broker
     * @param waitingQueue the queue where somebody waits for what becomes of it, or null
     */
    public static Publication promised(String exchange, String routingKey, byte[] body, String messageId, String user,
            String waitingQueue) {
        BasicProperties properties = PERSISTENT_JSON.builder().messageId(messageId).userId(user).replyTo(waitingQueue)
                .build();
        return new Publication(exchange, routingKey, properties, body);
    }

    /** The same, with the word that a back end answers for it. */
    public Publication vouched() {
        return new Publication(exchange, routingKey, properties.builder().headers(Map.of(VOUCHED, true)).build(), content);
    }

    /**
     * The conversation of an inbox that it enters, as its routing key names it; null where it is for somebody else. What
     * goes there keeps its order.
     */
    public String conversation() {
        // apps.APP.users.USER.KIND.PEER and what happened
        String[] words = exchange.isEmpty() ? new String[0] : routingKey.split("\\.", 7);
        return words.length < 7 || !words[0].equals("apps") || !words[2].equals("users") ? null
                : words[1] + '.' + words[3] + '.' + words[5];
    }

    /** What goes the same way: to one conversation of an inbox, or by one routing key. */
    public String lane() {
        String conversation = conversation();
        return conversation == null ? exchange + '/' + routingKey : conversation;
    }

    /** Its bytes. */
    public byte[] body() {
        return content.get();
    }
}

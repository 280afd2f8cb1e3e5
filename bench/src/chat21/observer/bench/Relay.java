package chat21.observer.bench;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least that could stand in the observer's place: republishes the bytes of each message to its inboxes, without
 * reading or storing them, and acknowledges after the broker's confirms. What it reaches is the broker's limit.
 */
final class Relay extends DefaultConsumer {

    private static final String EXCHANGE = "amq.topic";
    private static final String QUEUE = "messages";
    /** Above the most messages that a load has on the way, so that the relay never waits for its own acknowledgements. */
    private static final int PREFETCH = 1_000;
    private static final AMQP.BasicProperties PERSISTENT = new AMQP.BasicProperties.Builder().deliveryMode(2).build();

    private final Channel publisher;
    private final AckWindow window = new AckWindow();
    private final Map<String, List<String>> inboxesByRoutingKey = new HashMap<>();

    private Relay(Channel consumer, Channel publisher) {
        super(consumer);
        this.publisher = publisher;
    }

    /** Runs until it is ended, on the broker at {@code RABBITMQ_URI}. */
    public static void main(String[] arguments) throws Exception {
        Quiet.libraries();
        ConnectionFactory factory = Load.factory(System.getenv("RABBITMQ_URI"));
        Connection consuming = factory.newConnection("bench relay, in");
        Connection publishing = factory.newConnection("bench relay, out");
        Channel consumer = consuming.createChannel();
        Channel publisher = publishing.createChannel();
        consumer.queueDeclare(QUEUE, true, false, false, null);
        consumer.queueBind(QUEUE, EXCHANGE, "apps.*.outgoing.#");
        consumer.basicQos(PREFETCH);
        publisher.confirmSelect();

        Relay relay = new Relay(consumer, publisher);
        publisher.addConfirmListener(relay::confirmed, (number, multiple) -> System.exit(1));
        consumer.basicConsume(QUEUE, false, relay);
        consuming.addShutdownListener(cause -> System.exit(cause.isHardError() && !cause.isInitiatedByApplication() ? 1 : 0));
        // Whoever kills the benchmark at once shall not leave this process behind.
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
    }

    @Override
    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
            throws IOException {
        List<String> inboxes = inboxesByRoutingKey.computeIfAbsent(envelope.getRoutingKey(), Relay::inboxes);
        window.opened(envelope.getDeliveryTag(), publisher.getNextPublishSeqNo() + inboxes.size() - 1);
        for (String inbox : inboxes) {
            publisher.basicPublish(EXCHANGE, inbox, PERSISTENT, body);
        }
    }

    private void confirmed(long number, boolean multiple) throws IOException {
        long tag = window.confirmed(number, multiple);
        if (tag != AckWindow.NOTHING) {
            getChannel().basicAck(tag, true);
        }
    }

    /** The routing keys under which an outgoing message reaches its inboxes. */
    static List<String> inboxes(String outgoing) {
        String[] words = outgoing.split("\\.");
        String app = words[1];
        String sender = words[4];
        String recipient = words[6];
        if (!Cast.isGroup(recipient)) {
            return List.of(inbox(app, sender, recipient), inbox(app, recipient, sender));
        }
        List<String> inboxes = new ArrayList<>();
        Cast.membersOf(recipient).forEach(member -> inboxes.add(inbox(app, member, recipient)));
        inboxes.add(inbox(app, recipient, recipient));
        return inboxes;
    }

    private static String inbox(String app, String user, String peer) {
        return "apps." + app + ".users." + user + ".messages." + peer + ".clientadded";
    }
}

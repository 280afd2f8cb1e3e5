package chat21.observer.webhook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;

/** The queue of the events that were given up, with what an operator does about them. */
final class DeadEventBox {

    private static final long CONFIRM_MS = 30_000;

    private final Connection connection;
    private final String queue;

    /** @param queue the queue of the dead letters */
    DeadEventBox(Connection connection, String queue) {
        this.connection = connection;
        this.queue = queue;
    }

    /** Shows the oldest ones that are wanted, and leaves them all where they are; says how many were shown. */
    int list(String endpoint, int limit, Consumer<DeadEvent> show) throws IOException, TimeoutException {
        return each(endpoint, limit, (channel, letter, event) -> {
            show.accept(event);
            return false;
        });
    }

    /** Removes the oldest ones that are wanted; says how many. */
    int drop(String endpoint, int limit) throws IOException, TimeoutException {
        return each(endpoint, limit, (channel, letter, event) -> true);
    }

    /** Puts the oldest ones that are wanted back into the queues of their endpoints, as if new; says how many. */
    int replay(String endpoint, int limit, Consumer<DeadEvent> warnLost) throws IOException, TimeoutException {
        return each(endpoint, limit, (channel, letter, event) -> {
            boolean moved = event.queue() != null && publish(channel, letter, event);
            if (!moved) {
                warnLost.accept(event);
            }
            return moved;
        });
    }

    private interface Action {
        /** Whether the letter is to leave the box. */
        boolean on(Channel channel, GetResponse letter, DeadEvent event) throws IOException, TimeoutException;
    }

    // What stays is held unacknowledged until the end, so that no letter is met twice; then it is back in its place.
    private int each(String endpoint, int limit, Action action) throws IOException, TimeoutException {
        try (Channel channel = connection.createChannel()) {
            List<Long> stay = new ArrayList<>();
            int wanted = 0;
            for (long left = channel.messageCount(queue); left > 0 && wanted < limit; left--) {
                GetResponse letter = channel.basicGet(queue, false);
                if (letter == null) {
                    break;
                }
                long tag = letter.getEnvelope().getDeliveryTag();
                DeadEvent event = DeadEvent.of(letter);
                boolean leaves = event.isFor(endpoint) && action.on(channel, letter, event);
                wanted += event.isFor(endpoint) ? 1 : 0;
                if (leaves) {
                    channel.basicAck(tag, false);
                } else {
                    stay.add(tag);
                }
            }
            for (long tag : stay) {
                channel.basicNack(tag, false, true);
            }
            return wanted;
        }
    }

    // Confirmed before the letter goes; the broker returns it first if the queue of the endpoint is no more.
    private static boolean publish(Channel channel, GetResponse letter, DeadEvent event)
            throws IOException, TimeoutException {
        AtomicBoolean returned = new AtomicBoolean();
        channel.clearReturnListeners();
        channel.addReturnListener(message -> returned.set(true));
        channel.confirmSelect();
        channel.basicPublish("", event.queue(), true, new BasicProperties.Builder().deliveryMode(2)
                .contentType("application/json").type(event.type()).messageId(event.eventId()).build(),
                letter.getBody());
        try {
            channel.waitForConfirmsOrDie(CONFIRM_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return !returned.get();
    }
}

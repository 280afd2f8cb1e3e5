package chat21.observer.out.webhook;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;

import chat21.observer.engine.broker.QueueBrowser;
import chat21.observer.engine.broker.QueueBrowser.Fate;

/** The queue of the events that were given up, with what an operator does about them. */
public final class DeadEventBox {

    private final QueueBrowser box;

    /** @param queue the queue of the dead letters */
    public DeadEventBox(Connection connection, String queue) {
        this.box = new QueueBrowser(connection, queue);
    }

    /** Shows the oldest ones that are wanted, and leaves them all where they are; says how many were shown. */
    public int list(String endpoint, int limit, Consumer<DeadEvent> show) throws IOException, TimeoutException {
        return each(endpoint, limit, (channel, letter, event) -> {
            show.accept(event);
            return false;
        });
    }

    /** Removes the oldest ones that are wanted; says how many. */
    public int drop(String endpoint, int limit) throws IOException, TimeoutException {
        return each(endpoint, limit, (channel, letter, event) -> true);
    }

    /** Puts the oldest ones that are wanted back into the queues of their endpoints, as if new; says how many. */
    public int replay(String endpoint, int limit, Consumer<DeadEvent> warnLost) throws IOException, TimeoutException {
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

    private int each(String endpoint, int limit, Action action) throws IOException, TimeoutException {
        int[] wanted = {0};
        box.walk((channel, letter) -> {
            if (wanted[0] >= limit) {
                return Fate.ENDS;
            }
            DeadEvent event = DeadEvent.of(letter);
            if (!event.isFor(endpoint)) {
                return Fate.STAYS;
            }
            wanted[0]++;
            return action.on(channel, letter, event) ? Fate.LEAVES : Fate.STAYS;
        });
        return wanted[0];
    }

    private static boolean publish(Channel channel, GetResponse letter, DeadEvent event)
            throws IOException, TimeoutException {
        return QueueBrowser.publish(channel, "", event.queue(), EventBundles.again(letter.getProps()), letter.getBody());
    }
}

package chat21.observer.engine.refuse;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

import chat21.observer.engine.broker.QueueBrowser;
import chat21.observer.engine.broker.QueueBrowser.Fate;

/** The queue of the refused messages, with what an operator does about them. */
public final class DeadLetterBox {

    private final QueueBrowser box;

    /** @param queue the queue of the dead letters */
    public DeadLetterBox(Connection connection, String queue) {
        this.box = new QueueBrowser(connection, queue);
    }

    /** Which letters are meant: all of those that name neither. */
    public record Choice(String id, String reason) {

        boolean includes(StoredLetter letter) {
            return (id == null || id.equals(letter.id())) && (reason == null || reason.equals(letter.reason()));
        }
    }

    /** Shows those that are meant, oldest first, and leaves all where they are. */
    public int list(Choice choice, int limit, Consumer<StoredLetter> show) throws IOException, TimeoutException {
        return each(choice, limit, (channel, letter) -> {
            show.accept(letter);
            return false;
        });
    }

    /** Removes those that are meant; says how many. */
    public int drop(Choice choice, int limit) throws IOException, TimeoutException {
        return each(choice, limit, (channel, letter) -> true);
    }

    /**
     * Publishes those that are meant once more, oldest first; each leaves the box only when the broker has confirmed that
     * a queue has it. A letter that was published, but could not leave, keeps its message's id for the next time.
     *
     * @param exchange  what clients publish to
     * @param user      what the observer is to the broker; it takes ids from nobody else
     * @param warnStays hears of those that no queue wanted
     * @return how many were published
     */
    public int replay(Choice choice, int limit, String exchange, String user, Consumer<StoredLetter> warnStays)
            throws IOException, TimeoutException {
        int[] published = {0};
        each(choice, limit, (channel, letter) -> {
            boolean moved = letter.routingKey() != null && QueueBrowser.publish(channel, exchange, letter.routingKey(),
                    properties(letter, user), letter.body());
            if (moved) {
                published[0]++;
            } else {
                warnStays.accept(letter);
            }
            return moved;
        });
        return published[0];
    }

    // Who sent it stands in the routing key, which the broker proved when the client published; nothing here changes it.
    private static BasicProperties properties(StoredLetter letter, String user) {
        BasicProperties.Builder properties = new BasicProperties.Builder().deliveryMode(2).userId(user);
        return letter.hasMessageId() ? properties.messageId(letter.id()).build() : properties.build();
    }

    private interface Action {
        /** Whether the letter is to leave the box. */
        boolean on(Channel channel, StoredLetter letter) throws IOException, TimeoutException;
    }

    private int each(Choice choice, int limit, Action action) throws IOException, TimeoutException {
        int[] met = {0};
        box.walk((channel, message) -> {
            if (met[0] >= limit) {
                return Fate.ENDS;
            }
            StoredLetter letter = StoredLetter.of(message);
            if (!choice.includes(letter)) {
                return Fate.STAYS;
            }
            met[0]++;
            return action.on(channel, letter) ? Fate.LEAVES : Fate.STAYS;
        });
        return met[0];
    }
}

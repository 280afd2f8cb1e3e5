package chat21.observer.engine.broker;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;

import chat21.observer.engine.broker.QueueBrowser.Fate;

/** A queue of what was refused or given up, with what an operator does about it, the oldest first. */
public final class DeadQueue<T> {

    private final QueueBrowser queue;
    private final Function<GetResponse, T> reader;

    /** @param reader reads what lies there */
    public DeadQueue(Connection connection, String queue, Function<GetResponse, T> reader) {
        this.queue = new QueueBrowser(connection, queue);
        this.reader = reader;
    }

    /** Shows those that are meant, and leaves all where they are; says how many were shown. */
    public int list(Predicate<T> isMeant, int limit, Consumer<T> show) throws IOException, TimeoutException {
        return each(isMeant, limit, (channel, message, letter) -> {
            show.accept(letter);
            return false;
        });
    }

    /** Removes those that are meant; says how many. */
    public int drop(Predicate<T> isMeant, int limit) throws IOException, TimeoutException {
        return each(isMeant, limit, (channel, message, letter) -> true);
    }

    /**
     * Publishes those that are meant once more; each leaves only when the broker has confirmed that a queue has it.
     *
     * @param again     publishes one, and says whether a queue has it
     * @param warnStays hears of those that no queue wanted
     * @return how many were published
     */
    public int replay(Predicate<T> isMeant, int limit, Action<T> again, Consumer<T> warnStays)
            throws IOException, TimeoutException {
        int[] published = {0};
        each(isMeant, limit, (channel, message, letter) -> {
            boolean moved = again.on(channel, message, letter);
            if (moved) {
                published[0]++;
            } else {
                warnStays.accept(letter);
            }
            return moved;
        });
        return published[0];
    }

    /** What is done about one, on the channel that holds it. */
    @FunctionalInterface
    public interface Action<T> {
        /** Whether it is to leave the queue. */
        boolean on(Channel channel, GetResponse message, T letter) throws IOException, TimeoutException;
    }

    private int each(Predicate<T> isMeant, int limit, Action<T> action) throws IOException, TimeoutException {
        int[] met = {0};
        queue.walk((channel, message) -> {
            if (met[0] >= limit) {
                return Fate.ENDS;
            }
            T letter = reader.apply(message);
            if (!isMeant.test(letter)) {
                return Fate.STAYS;
            }
            met[0]++;
            return action.on(channel, message, letter) ? Fate.LEAVES : Fate.STAYS;
        });
        return met[0];
    }
}

package chat21.observer.engine.partition;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The queues that share what clients say: one, or several behind an exchange that always leads the same sender and
 * recipient to the same one.
 *
 * @param queue the name of the one queue, with which the names of all else begin
 * @param count how many queues there are
 */
public record Partitions(String queue, int count) {

    /** The names of the queues that are consumed. */
    public List<String> queues() {
        return count == 1 ? List.of(queue) : names(count);
    }

    /** The names of the first so many queues behind the exchange. */
    List<String> names(int number) {
        return IntStream.range(0, number).mapToObj(k -> queue + "." + k).toList();
    }

    /** The exchange that spreads messages over the queues. */
    String exchange() {
        return queue + ".partitions";
    }

    /** The exchange that messages go through while the number changes; it is there only then. */
    String changing() {
        return queue + ".changing";
    }

    /** An exchange that nothing goes through: it is there until a change has led everything back to the one queue. */
    String gathering() {
        return queue + ".gathering";
    }

    /** What a node owns, as it would own a queue, while it changes the number. */
    String change() {
        return queue + ".change";
    }

    /** The route that consumes a queue. */
    String routeOf(String name) {
        return name.equals(queue) ? "consume-messages" : "consume-messages-" + name.substring(queue.length() + 1);
    }
}

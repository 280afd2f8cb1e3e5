package chat21.observer.engine.broker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;

/**
 * A queue that is there already, made otherwise than asked for; the broker never changes a queue.
 *
 * @param queue    its name
 * @param argument the property that differs, such as {@code x-single-active-consumer}
 */
public record QueueConflict(String queue, String argument) {

    private static final String SINGLE_ACTIVE_CONSUMER = "x-single-active-consumer";
    private static final Pattern TEXT = Pattern.compile("inequivalent arg '([^']*)' for queue '(.*)' in vhost");

    /** The conflict that made a declaration fail, if that was the reason. */
    public static Optional<QueueConflict> in(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ShutdownSignalException shutdown
                    && shutdown.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == AMQP.PRECONDITION_FAILED) {
                Matcher matcher = TEXT.matcher(close.getReplyText());
                if (matcher.find()) {
                    return Optional.of(new QueueConflict(matcher.group(2), matcher.group(1)));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What to do about it, in one sentence.
     *
     * @param address  where the broker is
     * @param variable the environment variable that names the queue
     */
    public String sentence(String address, String variable) {
        return "The broker at " + address + " has a queue " + queue + " that was made otherwise (" + argument
                + " differs), as by chat21-server or with another setting: set " + variable
                + " to another name, or delete that queue once it is empty"
                + (argument.equals(SINGLE_ACTIVE_CONSUMER)
                        ? ", or set QUEUE_SINGLE_ACTIVE_CONSUMER to false to take it over as it is." : ".");
    }
}

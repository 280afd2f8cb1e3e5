package chat21.observer.engine.broker;

import java.util.Optional;

import com.rabbitmq.client.ShutdownSignalException;

/**
 * A plugin that the broker needs and does not have.
 *
 * @param name its name
 */
public record MissingPlugin(String name) {

    private static final String OF_PARTITIONS = "rabbitmq_sharding";

    /** The plugin whose absence made a declaration fail, if that was the reason. */
    public static Optional<MissingPlugin> in(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ShutdownSignalException && String.valueOf(t.getMessage()).contains("x-modulus-hash")) {
                return Optional.of(new MissingPlugin(OF_PARTITIONS));
            }
        }
        return Optional.empty();
    }

    /**
     * What to do about it, in one sentence.
     *
     * @param address where the broker is
     */
    public String sentence(String address) {
        return "The broker at " + address + " lacks the plugin " + name + ", which spreads messages over several queues:"
                + " run rabbitmq-plugins enable " + name + " on each of its nodes, or set PARTITIONS to 1.";
    }
}

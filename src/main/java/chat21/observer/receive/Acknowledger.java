package chat21.observer.receive;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the broker that a batch is done: one acknowledgement a channel, for all deliveries up to the batch's last. */
public final class Acknowledger {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    /** Acknowledges the batch, whose deliveries are the oldest unacknowledged ones of their channels. */
    public Batch acknowledge(Batch batch) {
        Map<Channel, Long> last = new LinkedHashMap<>();
        batch.deliveries().forEach(d -> last.merge(d.channel(), d.tag(), Math::max));
        last.forEach(Acknowledger::acknowledge);
        batch.markAcknowledged();
        return batch;
    }

    private static void acknowledge(Channel channel, long tag) {
        // Spring opens a closed channel anew when it is told to acknowledge, and there the tag would mean another message.
        if (!channel.isOpen()) {
            LOG.info("A batch is not acknowledged, since its channel is closed; what came on it comes again");
            return;
        }
        try {
            channel.basicAck(tag, true);
        } catch (IOException | AlreadyClosedException | IllegalStateException e) {
            // The broker will hand over again what came on it, and that will be recognised.
            LOG.info("A batch could not be acknowledged, since the connection is gone: {}", e.toString());
        }
    }
}

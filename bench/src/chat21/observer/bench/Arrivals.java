package chat21.observer.bench;

import java.nio.ByteBuffer;
import java.util.List;

import com.rabbitmq.client.Channel;

import chat21.observer.engine.batch.Batch;
import chat21.observer.message.BatchItem;

/**
 * What would have arrived, where a flow goes without publishing. As a step in the place of one that publishes it tells the
 * load, with one message a batch, which copies it would have published; the load counts them as if they had arrived.
 */
public final class Arrivals {

    /** Where the load is told. */
    static final String ROUTING_KEY = "bench.arrivals";

    private static final String BROKER = "RABBITMQ_URI";
    private static final int RECORD = Long.BYTES + Integer.BYTES;

    private Channel channel;

    /** Publishes none of the batch's copies, and tells how many there are of each message. */
    public Batch tell(Batch batch) throws Exception {
        if (channel == null) {
            channel = Load.factory(System.getenv(BROKER)).newConnection("bench arrivals").createChannel();
        }
        channel.basicPublish(Load.EXCHANGE, ROUTING_KEY, null, write(batch.items()));
        return batch;
    }

    static byte[] write(List<? extends BatchItem> items) {
        ByteBuffer records = ByteBuffer.allocate(items.size() * RECORD);
        for (BatchItem item : items) {
            records.putLong(Marker.find(item.delivery().body())).putInt(item.decision().copies().size());
        }
        return records.array();
    }

    /** Counts what such a message tells of. */
    static void read(byte[] told, Tracker tracker, long nanos) {
        ByteBuffer records = ByteBuffer.wrap(told);
        while (records.hasRemaining()) {
            tracker.arrived(records.getLong(), records.getInt(), nanos);
        }
    }
}

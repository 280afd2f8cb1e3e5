package chat21.observer.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

import chat21.observer.testing.TestDatabase;

/** What one inbox got in one conversation: the live copies as they came, and what stands in history. */
public final class Inbox {

    private final String app;
    private final String owner;
    private final String peer;
    private final Queue<Copy> live = new ConcurrentLinkedQueue<>();

    /** @param peer the user or group that the owner has the conversation with */
    public Inbox(String app, String owner, String peer) {
        this.app = app;
        this.owner = owner;
        this.peer = peer;
    }

    /** Listens to the copies that the broker brings; the queue outlives both the broker and the connection. */
    void listen(Connection connection) throws IOException {
        Channel channel = connection.createChannel();
        String queue = "faults-" + app + "-" + owner + "-" + peer;
        channel.queueDeclare(queue, true, false, false, null);
        channel.queueBind(queue, "amq.topic", "apps." + app + ".users." + owner + ".messages." + peer + ".clientadded");
        channel.basicConsume(queue, false, (tag, delivery) -> {
            add(new String(delivery.getBody(), StandardCharsets.UTF_8));
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
        }, tag -> { });
    }

    /** A live copy has come. */
    public void add(String json) {
        live.add(Copy.of(json));
    }

    void remove(Connection connection) throws IOException {
        try (Channel channel = connection.createChannel()) {
            channel.queueDelete("faults-" + app + "-" + owner + "-" + peer);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IOException(e);
        }
    }

    /** The live copies so far, as they came. */
    public List<Copy> live() {
        return new ArrayList<>(live);
    }

    /** Its stored messages, in the order in which clients read them. */
    public List<Copy> stored(TestDatabase database) {
        return database.column("select m.payload from timeline t join message m"
                + " on m.app_id = t.app_id and m.message_id = t.message_id"
                + " where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?"
                + " order by t.timestamp, t.message_id", app, owner, peer).stream().map(Copy::of).toList();
    }

    @Override
    public String toString() {
        return owner + " with " + peer;
    }
}

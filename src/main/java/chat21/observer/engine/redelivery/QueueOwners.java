package chat21.observer.engine.redelivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import com.rabbitmq.client.Channel;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.database.Columns;
import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.engine.batch.QueueLost;
import chat21.observer.message.BatchItem;
import chat21.observer.message.Delivery;

/**
 * Keeps a node from storing what comes from a queue once another node has taken the queue over. The broker hands a queue
 * to another node when it hears nothing of the first; the first may only have stood still, and would go on with the batch
 * that it held. So whoever receives from a queue anew raises its epoch in the database, and each transaction checks that
 * the epochs of its queues are still its own. Where no other process can reach the database, that is known without asking.
 */
public final class QueueOwners {

    private static final Logger LOG = LoggerFactory.getLogger(QueueOwners.class);
    private static final Statement CLAIM = new Statement("redelivery", "claim-queue");
    private static final Statement FIND = new Statement("redelivery", "find-queue-epoch");
    private static final Statement GIVE_UP = new Statement("redelivery", "give-up-queue");
    private static final Statement LOCK = new Statement("redelivery", "lock-queue-epochs");
    private static final Statement COUNT = new Statement("redelivery", "count-owned-queues");

    private final Database database;
    private final String node;
    private final Set<String> shared;
    private final Map<String, Claim> claims = new ConcurrentHashMap<>();

    /**
     * @param node   a name that no other process has
     * @param shared queues that several nodes consume at the same time, and so have no owner
     */
    public QueueOwners(Database database, String node, Set<String> shared) {
        this.database = database;
        this.node = node;
        this.shared = Set.copyOf(shared);
    }

    /** Whether several nodes consume that queue at the same time. */
    boolean isShared(String queue) {
        return shared.contains(queue);
    }

    /** The name of this process among the owners. */
    public String node() {
        return node;
    }

    /**
     * Takes over each queue that the batch is the first to receive from through a new channel. When it returns, nothing
     * more is stored by an earlier owner, so that all that it stored can be seen.
     */
    public Batch claim(Batch batch) throws SQLException {
        for (Delivery delivery : batch.deliveries()) {
            Claim claim = claims.get(delivery.queue());
            if ((claim == null || claim.channel != delivery.channel()) && !shared.contains(delivery.queue())
                    && delivery.channel().isOpen()) {
                long epoch = raise(delivery.queue());
                claims.put(delivery.queue(), new Claim(delivery.channel(), epoch, claim != null && epoch == claim.epoch + 1));
            }
        }
        return batch;
    }

    /**
     * Makes sure that until the end of the transaction no queue of the batch gets another owner.
     *
     * @throws QueueLost if one has another owner already
     */
    public Batch check(@Body Batch batch, @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection)
            throws SQLException {
        Set<String> queues = new TreeSet<>();
        batch.items().forEach(item -> queues.add(item.delivery().queue()));
        queues.removeAll(shared);
        Map<String, Long> epochs = lock(connection, queues);
        List<Delivery> lost = batch.items().stream().map(BatchItem::delivery)
                .filter(d -> queues.contains(d.queue()) && !isOurs(d.queue(), d.channel(), epochs)).toList();
        if (!lost.isEmpty()) {
            throw new QueueLost(lost);
        }
        return batch;
    }

    /** Whether what came through this channel is still ours, until the end of the transaction. */
    boolean holds(Connection connection, String queue, Channel channel) throws SQLException {
        return shared.contains(queue) || isOurs(queue, channel, lock(connection, Set.of(queue)));
    }

    /** Says that this process has let a queue go, whoever takes it next. */
    public void giveUp(String queue) throws SQLException {
        Claim claim = claims.remove(queue);
        if (claim != null) {
            database.inTransaction(connection -> GIVE_UP.update(connection, queue, claim.epoch));
        }
    }

    /** How many of these queues each node owns; none of those that nobody has received from since they were let go. */
    public Map<String, Integer> counts(List<String> queues) throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        try (Connection connection = database.connection()) {
            COUNT.each(connection, row -> counts.put(row.getString(1), row.getInt(2)), Columns.texts(connection, queues));
        }
        return counts;
    }

    /** Whether this process has received from the queue through a channel that is still open. */
    public boolean owns(String queue) {
        Claim claim = claims.get(queue);
        return claim != null && claim.channel.isOpen();
    }

    /** Whether no other node has worked on the queue since the channel that this process had before. */
    boolean isContinued(String queue) {
        Claim claim = claims.get(queue);
        return claim != null && claim.continued;
    }

    private long raise(String queue) throws SQLException {
        long[] epoch = new long[1];
        database.inTransaction(connection -> {
            CLAIM.update(connection, queue, node);
            epoch[0] = FIND.first(connection, row -> row.getLong(1), queue);
        });
        LOG.info("This node, {}, takes over {} with epoch {}", node, queue, epoch[0]);
        return epoch[0];
    }

    private boolean isOurs(String queue, Channel channel, Map<String, Long> epochs) {
        Claim claim = claims.get(queue);
        return claim != null && claim.channel == channel
                && (database.servesOneProcess() || Long.valueOf(claim.epoch).equals(epochs.get(queue)));
    }

    private Map<String, Long> lock(Connection connection, Set<String> queues) throws SQLException {
        Map<String, Long> epochs = new HashMap<>();
        if (queues.isEmpty() || database.servesOneProcess()) {
            return epochs;
        }
        LOCK.each(connection, row -> epochs.put(row.getString(1), row.getLong(2)), Columns.texts(connection, queues));
        return epochs;
    }

    /** @param continued whether this process was the owner before, by another channel */
    private record Claim(Channel channel, long epoch, boolean continued) {
    }
}

package chat21.observer.engine.redelivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.engine.batch.Batch;
import chat21.observer.engine.batch.BatchTransaction;
import chat21.observer.engine.batch.LargeGroups;
import chat21.observer.engine.batch.Unacknowledged;
import chat21.observer.message.Delivery;
import chat21.observer.message.FirstAttempt;
import chat21.observer.protocol.MessageIds;

/**
 * Keeps a message from being stored twice: what was stored in the last seconds is remembered beside it, in the same
 * transaction, and recognised when the broker hands it over again after a crash of this process, of another, or of the
 * broker itself.
 */
public final class RedeliveryLog {

    private static final Statement FIND = new Statement("redelivery", "find-stored-batches");
    private static final Statement INSERT = new Statement("redelivery", "insert-stored-batch");
    private static final Statement NEWEST = new Statement("redelivery", "find-newest-stored-batch");
    private static final Statement DELETE = new Statement("redelivery", "delete-stored-batches");

    private final Database database;
    private final MessageIds ids;
    private final QueueOwners owners;
    private final LargeGroups largeGroups;
    private final Unacknowledged unacknowledged;
    private final long windowNanos;
    private final Map<String, OfChannel> queues = new HashMap<>();
    private final Map<String, LogTime> times = new HashMap<>();
    private final Map<String, Channel> remembered = new HashMap<>();

    /**
     * What is known of a queue since it comes through a channel.
     *
     * @param lost what was lost with the channel before without having been stored; null if nobody here knows
     */
    private record OfChannel(Channel channel, Replay replay, List<byte[]> lost) {
    }

    /**
     * Begins without knowing anything.
     *
     * @param largeGroups  what is not acknowledged yet, however long ago it was stored
     * @param unacknowledged what this process has taken over
     * @param windowMs how long a stored delivery is remembered: longer than a broker takes to write acknowledgements
     */
    public RedeliveryLog(Database database, MessageIds ids, QueueOwners owners, LargeGroups largeGroups,
            Unacknowledged unacknowledged, long windowMs) {
        this.database = database;
        this.ids = ids;
        this.owners = owners;
        this.largeGroups = largeGroups;
        this.unacknowledged = unacknowledged;
        this.windowNanos = TimeUnit.MILLISECONDS.toNanos(windowMs);
    }

    /** Gives deliveries that were stored before the identity that they had then. */
    public Batch recognise(Batch batch) throws SQLException {
        for (Delivery delivery : batch.deliveries()) {
            OfChannel queue = ofChannel(delivery);
            if (delivery.redelivered() && !delivery.alreadyStored()) {
                FirstAttempt attempt = find(queue, delivery);
                if (attempt != null) {
                    delivery.recognise(attempt);
                }
                // What else came through a channel that is lost by now is not known.
                if (delivery.channel().isOpen()) {
                    delivery.judged();
                }
            }
        }
        if (batch.isRetry()) {
            recogniseOwn(batch);
        }
        return batch;
    }

    /** Remembers what this transaction stores, and forgets what is out of the window. */
    public Batch remember(@Body Batch batch, @ExchangeProperty(BatchTransaction.CONNECTION) Connection connection)
            throws SQLException {
        Map<String, List<StoredEntry>> byQueue = new LinkedHashMap<>();
        for (Delivery d : batch.deliveries()) {
            if (d.isResend() || d.decision().message() == null) {
                // What its client resends is known by the client's id, whenever it comes.
                continue;
            }
            remembered.put(d.queue(), d.channel());
            // A second entry would be newer than those of what comes again after it.
            if (!d.alreadyStored()) {
                long timestamp = d.decision().message().timestamp();
                byQueue.computeIfAbsent(d.queue(), q -> new ArrayList<>())
                        .add(new StoredEntry(StoredEntry.digestOf(d), UUID.fromString(d.messageId()), timestamp));
            }
        }
        for (Map.Entry<String, List<StoredEntry>> e : byQueue.entrySet()) {
            LogTime time = times.computeIfAbsent(e.getKey(), q -> new LogTime(0, System.nanoTime(), windowNanos));
            INSERT.update(connection, e.getKey(), time.next(ids.now(), System.nanoTime()), ids.next().toString(),
                    StoredEntry.write(e.getValue()));
            // An earlier owner may have stood still for longer than the window; what it stored may come once more.
            if (!largeGroups.isAnyOfBefore(e.getKey())) {
                long outdated = time.outdated(System.nanoTime(), largeGroups.underWayNanos(e.getKey()));
                if (outdated > Long.MIN_VALUE) {
                    DELETE.update(connection, e.getKey(), outdated + 1);
                }
            }
        }
        return batch;
    }

    /**
     * Forgets what is acknowledged: to be called when nothing has come for longer than the window. What came over a
     * connection that is lost is kept, since the broker will hand over again what it took no acknowledgement of.
     */
    public synchronized void forget() throws SQLException {
        List<String> done = remembered.entrySet().stream().filter(e -> e.getValue().isOpen()).map(Map.Entry::getKey)
                .toList();
        if (!done.isEmpty()) {
            database.inTransaction(connection -> {
                for (String queue : done) {
                    // What another node has stored meanwhile is not ours to forget.
                    if (owners.holds(connection, queue, remembered.get(queue))) {
                        DELETE.update(connection, queue, Long.MAX_VALUE);
                    }
                }
            });
            remembered.keySet().removeAll(done);
        }
    }

    /** Forgets what was stored from a queue that is empty and that nothing comes to any more. */
    public void forget(String queue) throws SQLException {
        database.inTransaction(connection -> DELETE.update(connection, queue, Long.MAX_VALUE));
    }

    private OfChannel ofChannel(Delivery delivery) throws SQLException {
        OfChannel known = queues.get(delivery.queue());
        // What still comes through a lost channel is not stored, and the next one is known already.
        if (known == null || known.channel != delivery.channel() && delivery.channel().isOpen()) {
            Replay replay = new Replay(stored(delivery.queue()));
            // What another node has stored meanwhile is not known here, and what a commit stored whose answer was lost is in
            // there too.
            List<byte[]> lost = !owners.isContinued(delivery.queue()) ? null
                    : unacknowledged.lostUnstored(delivery.queue(), delivery.channel()).stream()
                    .filter(d -> !replay.holds(UUID.fromString(d.messageId()))).map(StoredEntry::digestOf).toList();
            times.put(delivery.queue(), new LogTime(newest(delivery.queue()), System.nanoTime(), windowNanos));
            known = new OfChannel(delivery.channel(), replay, lost);
            queues.put(delivery.queue(), known);
        }
        return known;
    }

    private FirstAttempt find(OfChannel queue, Delivery delivery) {
        byte[] digest = StoredEntry.digestOf(delivery);
        int stored = queue.replay.count(digest);
        if (stored == 0) {
            return null;
        }
        // Of equal ones those that were stored came first. Those that never were are as many as were lost on their way.
        long equal = 0;
        if (queue.lost != null) {
            long lost = queue.lost.stream().filter(d -> Arrays.equals(d, digest)).count();
            equal = 1 - lost + unacknowledged.redeliveredAfter(delivery, lost + stored - 1,
                    d -> Arrays.equals(StoredEntry.digestOf(d), digest));
            if (equal <= 0) {
                return null;
            }
        }
        return queue.replay.find(digest, Math.min(equal, stored), wanted -> owners.isShared(delivery.queue())
                || unacknowledged.areRedeliveredAfter(delivery, 1, d -> wanted.test(StoredEntry.digestOf(d))));
    }

    private long newest(String queue) throws SQLException {
        try (Connection connection = database.connection()) {
            return NEWEST.first(connection, row -> row.getLong(1), queue);
        }
    }

    // A commit whose answer was lost may have worked: on a retry the same ids tell.
    private void recogniseOwn(Batch batch) throws SQLException {
        Map<String, Map<String, Long>> byQueue = new HashMap<>();
        for (Delivery d : batch.deliveries()) {
            if (!d.alreadyStored()) {
                Map<String, Long> known = byQueue.get(d.queue());
                if (known == null) {
                    known = new HashMap<>();
                    for (List<StoredEntry> stored : stored(d.queue())) {
                        for (StoredEntry e : stored) {
                            known.put(e.messageId().toString(), e.timestamp());
                        }
                    }
                    byQueue.put(d.queue(), known);
                }
                Long timestamp = known.get(d.messageId());
                if (timestamp != null) {
                    d.recognise(new FirstAttempt(d.messageId(), timestamp));
                }
            }
        }
    }

    private List<List<StoredEntry>> stored(String queue) throws SQLException {
        try (Connection connection = database.connection()) {
            return FIND.all(connection, row -> StoredEntry.read(row.getBytes(1)), queue);
        }
    }
}

package chat21.observer.api.privacy;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.Counter;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.protocol.MessageIds;
import chat21.observer.upkeep.Repeated;

/**
 * Looks after each deletion through what waits at the broker for an operator, and takes away what is about it. What was
 * deleted is forgotten after some days, when nothing from before waits any more.
 */
public final class DeletionUpkeep extends ServiceSupport {

    private static final Statement UNSWEPT = new Statement("deletions", "list-unswept-deletions");
    private static final Statement SWEPT = new Statement("deletions", "mark-deletion-swept");
    private static final Statement FORGET = new Statement("deletions", "delete-deletions-before");
    private static final long INTERVAL_MS = 2_000;
    private static final long FORGET_EVERY_NS = Duration.ofHours(1).toNanos();

    private final Database database;
    private final MessageIds clock;
    private final ConnectionFactory broker;
    private final List<SweptQueue> queues;
    private final long keptMs;
    private long forgotAt = System.nanoTime() - FORGET_EVERY_NS;
    private Repeated looking;

    /** Takes out of a queue what is older than the deletion of what it is about, and says how much that was. */
    @FunctionalInterface
    public interface Sweep {
        int drop(com.rabbitmq.client.Connection connection, String queue, Map<String, Long> deleted)
                throws IOException, TimeoutException;
    }

    /**
     * A queue of what waits for an operator.
     *
     * @param queue   where it waits
     * @param sweep   how it is looked through
     * @param dropped counts what was taken away
     */
    public record SweptQueue(String queue, Sweep sweep, Counter dropped) {
    }

    /** @param keptDays for how long it is known what was deleted */
    public DeletionUpkeep(Database database, MessageIds clock, ConnectionFactory broker, List<SweptQueue> queues, int keptDays) {
        this.database = database;
        this.clock = clock;
        this.broker = broker;
        this.queues = List.copyOf(queues);
        this.keptMs = Duration.ofDays(keptDays).toMillis();
    }

    @Override
    protected void doStart() {
        looking = new Repeated("chat21-deletions", INTERVAL_MS, this::look);
    }

    @Override
    protected void doStop() {
        looking.close();
    }

    private void look() throws SQLException, IOException, TimeoutException {
        Map<String, Long> deleted = new HashMap<>();
        UNSWEPT.all(database, row -> deleted.put(row.getString(1), row.getLong(2)));
        if (!deleted.isEmpty()) {
            for (SweptQueue swept : queues) {
                swept.dropped.increment(swept.sweep.drop(broker.createConnection().getDelegate(), swept.queue, deleted));
            }
        }
        if (!deleted.isEmpty() || System.nanoTime() - forgotAt > FORGET_EVERY_NS) {
            database.inTransaction(connection -> {
                for (Map.Entry<String, Long> one : deleted.entrySet()) {
                    SWEPT.update(connection, one.getKey(), one.getValue());
                }
                FORGET.update(connection, clock.now() - keptMs);
            });
            forgotAt = System.nanoTime();
        }
    }
}

package chat21.observer.engine.partition;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseAway;
import chat21.observer.database.Statement;
import chat21.observer.protocol.Excerpt;

/**
 * The nodes that share the queues, as the database knows them: a row each, which its node renews again and again, and which
 * is gone with its time. Where no other process can reach the database, this node is alone without asking. Each method
 * throws {@link DatabaseAway} if the database does not answer.
 */
public final class Nodes {

    private static final Statement FORGET = new Statement("nodes", "delete-nodes-gone");
    private static final Statement RENEW = new Statement("nodes", "renew-node");
    private static final Statement INSERT = new Statement("nodes", "insert-node");
    private static final Statement DELETE = new Statement("nodes", "delete-node");
    private static final Statement COUNT = new Statement("nodes", "count-nodes");
    private static final Statement CLAIM = new Statement("nodes", "claim-change");
    private static final Statement RELEASE = new Statement("nodes", "release-change");
    private static final int MAX_PROCESS = 200;
    private static final int ANSWER_S = 2;

    private final Database database;
    private final Partitions partitions;
    private final int consumed;
    private final long intervalMs;
    private final String name = newName();

    /**
     * @param consumedHere whether this node consumes the partitions
     * @param intervalMs   how often it says that it is there; without a word it is there for three times as long
     */
    public Nodes(Database database, Partitions partitions, boolean consumedHere, long intervalMs) {
        this.database = database;
        this.partitions = partitions;
        this.consumed = consumedHere ? partitions.count() : 0;
        this.intervalMs = intervalMs;
    }

    /** A name that no other process has ever had, and that tells an operator process id and machine. */
    public static String newName() {
        return Excerpt.of(ManagementFactory.getRuntimeMXBean().getName(), MAX_PROCESS) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** The name of this node. */
    public String name() {
        return name;
    }

    /** How often it is to say that it is there, in ms. */
    long intervalMs() {
        return intervalMs;
    }

    /**
     * The nodes that are there.
     *
     * @param sharing how many share this node's number of partitions, itself included if it does
     * @param other   another number of partitions, which others share, so that this node must not consume any; else 0
     */
    record Present(int sharing, int other) {
    }

    /** Says that this node is there, and forgets those that are not. One that was away is let in as a new one is. */
    synchronized Present beat() {
        if (database.servesOneProcess()) {
            return new Present(1, 0);
        }
        long lifeMs = 3 * intervalMs;
        return ask(connection -> {
            FORGET.update(connection, partitions.queue());
            boolean isNew = RENEW.update(connection, lifeMs, partitions.queue(), name) == 0;
            if (isNew) {
                INSERT.update(connection, partitions.queue(), name, consumed, lifeMs);
            }
            Map<Integer, Integer> counts = new HashMap<>();
            COUNT.each(connection, row -> counts.put(row.getInt(1), row.getInt(2)), partitions.queue());
            int sharing = counts.getOrDefault(partitions.count(), 0);
            counts.remove(partitions.count());
            // Of two numbers that of the nodes that were there before counts.
            if (counts.isEmpty() || !isNew && consumed > 0) {
                return new Present(sharing, 0);
            }
            DELETE.update(connection, partitions.queue(), name);
            return new Present(0, counts.keySet().iterator().next());
        });
    }

    /** Whether this node alone may change the number of partitions: until it says that it is done, or is not there. */
    boolean claimChange() {
        beat();
        return database.servesOneProcess() || ask(connection -> CLAIM.update(connection, partitions.change(), name)) == 1;
    }

    /** Lets other nodes change the number. */
    void releaseChange() {
        tell(RELEASE, partitions.change());
    }

    /** Says that this node goes, so that nobody has to wait until its time is over. */
    synchronized void leave() {
        tell(DELETE, partitions.queue());
    }

    private void tell(Statement statement, String of) {
        if (!database.servesOneProcess()) {
            ask(connection -> statement.update(connection, of, name));
        }
    }

    /** What is asked over a connection that commits each statement by itself. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) {
        try {
            String problem = database.problem(ANSWER_S);
            if (problem != null) {
                throw new SQLTransientConnectionException(problem);
            }
            try (Connection connection = database.connection()) {
                return question.ask(connection);
            }
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }
}

package chat21.observer.api.group;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.node.TextNode;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.MessageIds;

/** Keeps what is to be told of changes of groups until the broker has taken it, in the order of the changes. */
final class GroupNewsStore {

    private static final Statement INSERT = new Statement("group-news", "insert-group-news");
    private static final Statement NAMING = new Statement("group-news", "find-group-news-naming");
    private static final Statement REWRITE = new Statement("group-news", "update-group-news");
    private static final Statement LOCK_GROUP = new Statement("groups", "lock-group");
    private static final Statement NEXT = new Statement("group-news", "find-next-group-news");
    private static final Statement POSTPONE = new Statement("group-news", "postpone-group-news");
    private static final Statement DELETE = new Statement("group-news", "delete-group-news");
    private static final Statement DUE = new Statement("group-news", "find-due-group-news");
    private static final Statement COUNT = new Statement("group-news", "count-group-news");
    private static final Statement FREE = new Statement("group-news", "free-group-news");

    private final Database database;
    private final Payloads payloads;
    private final MessageIds ids;

    GroupNewsStore(Database database, Payloads payloads, MessageIds ids) {
        this.database = database;
        this.payloads = payloads;
        this.ids = ids;
    }

    /**
     * The first of a group that nobody has told yet.
     *
     * @param id    the same each time that it is told
     * @param tries how often that has failed
     */
    record Waiting(Key group, long number, String id, int tries, GroupNews news) {
    }

    private record Row(long number, String id, long dueOn, int tries, String details) {
    }

    /** Adds what is to be told, in the transaction of the change itself, which holds the group's row. */
    void add(Connection connection, String app, String group, GroupNews news) throws SQLException {
        INSERT.update(connection, app, group, ids.next().toString(), news.json(payloads), app, group);
    }

    /** Lets nothing that waits name a user who is deleted, in the transaction of the deletion. */
    void forget(Connection connection, String app, String user) throws SQLException {
        record Named(String group, long number, String details) {
        }
        for (Named row : NAMING.all(connection, row -> new Named(row.getString(1), row.getLong(2), row.getString(3)), app,
                TextNode.valueOf(user).toString())) {
            REWRITE.update(connection, GroupNews.read(row.details, payloads).without(user).json(payloads), app, row.group,
                    row.number);
        }
    }

    /** Takes over the next of a group, for so long; null if there is none, or somebody else is at it. */
    Waiting claim(Key group, long forMs) throws SQLException {
        AtomicReference<Row> claimed = new AtomicReference<>();
        long now = ids.now();
        database.inTransaction(connection -> {
            LOCK_GROUP.first(connection, row -> row.getString(1), group.app(), group.id());
            Row next = NEXT.first(connection, row -> new Row(row.getLong(1), row.getString(2), row.getLong(3), row.getInt(4),
                    row.getString(5)), group.app(), group.id());
            if (next != null && next.dueOn <= now) {
                POSTPONE.update(connection, now + forMs, next.tries, group.app(), group.id(), next.number);
                claimed.set(next);
            }
        });
        Row row = claimed.get();
        return row == null ? null
                : new Waiting(group, row.number, row.id, row.tries, GroupNews.read(row.details, payloads));
    }

    /** Leaves it until later, or holds it for longer. */
    void postpone(Waiting waiting, long forMs, int tries) throws SQLException {
        database.inTransaction(connection -> POSTPONE.update(connection, ids.now() + forMs, tries, waiting.group.app(),
                waiting.group.id(), waiting.number));
    }

    void remove(Waiting waiting) throws SQLException {
        database.inTransaction(connection ->
                DELETE.update(connection, waiting.group.app(), waiting.group.id(), waiting.number));
    }

    /** Groups of which something waits that nobody is at. */
    List<Key> due() throws SQLException {
        return DUE.all(database, row -> new Key(row.getString(1), row.getString(2)), ids.now());
    }

    /** How many wait, counted up to 10,000. */
    int count() throws SQLException {
        return COUNT.first(database, row -> row.getInt(1));
    }

    /** Takes over what an earlier process was at when it ended. */
    void free() throws SQLException {
        if (database.servesOneProcess()) {
            database.inTransaction(connection -> FREE.update(connection));
        }
    }
}

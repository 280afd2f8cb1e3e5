package chat21.observer.group;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import chat21.observer.store.Database;
import chat21.observer.store.Statement;

/** Keeps groups: what a call has stored, every node reads from then on, and it survives the end of the process. */
final class GroupStore {

    private static final Statement INSERT = new Statement("insert-group");
    private static final Statement INSERT_MEMBERS = new Statement("insert-group-members");
    private static final Statement DELETE_MEMBER = new Statement("delete-group-member");
    private static final Statement FIND = new Statement("find-group");
    private static final Statement LOCK = new Statement("lock-group");
    private static final Statement MEMBERS = new Statement("list-group-members");
    private static final Statement UPDATE = new Statement("update-group");
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;

    GroupStore(Database database) {
        this.database = database;
    }

    /** Stores a new group; false if its id is in use. */
    boolean create(StoredGroup g) throws SQLException {
        try {
            database.inTransaction(connection -> {
                INSERT.update(connection, g.app(), g.id(), g.name(), g.owner(), g.attributes(), g.createdOn(),
                        g.updatedOn());
                addMembers(connection, g, g.members());
            });
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
        database.flush();
        return true;
    }

    /** The group of that id, or null. */
    StoredGroup find(String app, String id) throws SQLException {
        try (Connection connection = database.connection()) {
            return read(connection, FIND, app, id);
        }
    }

    /**
     * Changes a group while nobody else can.
     *
     * @param change what becomes of it; what it throws leaves the group as it is
     * @return the group before and after, or null if there is none
     */
    Changed change(String app, String id, UnaryOperator<StoredGroup> change) throws SQLException {
        AtomicReference<Changed> changed = new AtomicReference<>();
        database.inTransaction(connection -> {
            StoredGroup before = read(connection, LOCK, app, id);
            if (before != null) {
                StoredGroup after = change.apply(before);
                write(connection, before, after);
                changed.set(new Changed(before, after));
            }
        });
        database.flush();
        return changed.get();
    }

    /** A group before and after a change. */
    record Changed(StoredGroup before, StoredGroup after) {

        /** The members that were not there before. */
        List<String> added() {
            List<String> added = new ArrayList<>(after.members());
            added.removeAll(before.members());
            return added;
        }
    }

    private static void write(Connection connection, StoredGroup before, StoredGroup after) throws SQLException {
        UPDATE.update(connection, after.name(), after.attributes(), after.updatedOn(), after.app(), after.id());
        for (String member : before.members()) {
            if (!after.members().contains(member)) {
                DELETE_MEMBER.update(connection, after.app(), after.id(), member);
            }
        }
        Set<String> added = new LinkedHashSet<>(after.members());
        added.removeAll(before.members());
        addMembers(connection, after, added);
    }

    private static void addMembers(Connection connection, StoredGroup group, Set<String> members) throws SQLException {
        if (!members.isEmpty()) {
            INSERT_MEMBERS.update(connection, group.app(), group.id(),
                    connection.createArrayOf("varchar", members.toArray()));
        }
    }

    private static StoredGroup read(Connection connection, Statement statement, String app, String id)
            throws SQLException {
        StoredGroup group = statement.first(connection, row -> read(row, app, id), app, id);
        return group == null ? null : group.withMembers(
                new LinkedHashSet<>(MEMBERS.all(connection, row -> row.getString(1), app, id)), group.updatedOn());
    }

    private static StoredGroup read(ResultSet row, String app, String id) throws SQLException {
        return new StoredGroup(app, id, row.getString(1), row.getString(2), Set.of(), row.getString(3), row.getLong(4),
                row.getLong(5));
    }
}

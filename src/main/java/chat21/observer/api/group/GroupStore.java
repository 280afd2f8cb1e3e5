package chat21.observer.api.group;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import chat21.observer.database.Columns;
import chat21.observer.database.Database;
import chat21.observer.database.Statement;

/** Keeps groups: what a call has stored, every node reads from then on, and it survives the end of the process. */
final class GroupStore {

    private static final Statement INSERT = new Statement("groups", "insert-group");
    private static final Statement INSERT_MEMBERS = new Statement("groups", "insert-group-members");
    private static final Statement DELETE_MEMBER = new Statement("groups", "delete-group-member");
    private static final Statement FIND = new Statement("groups", "find-group");
    private static final Statement LOCK = new Statement("groups", "lock-group");
    private static final Statement MEMBERS = new Statement("groups", "list-group-members");
    private static final Statement UPDATE = new Statement("groups", "update-group");
    private static final Statement LONGEST = new Statement("groups", "find-longest-member");
    private static final Statement WITH_USER = new Statement("groups", "find-groups-with-user");
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final GroupNewsStore news;

    GroupStore(Database database, GroupNewsStore news) {
        this.database = database;
        this.news = news;
    }

    /** Stores a new group and what is to be told of it; false if its id is in use. */
    boolean create(StoredGroup g, GroupNews told) throws SQLException {
        try {
            database.inTransaction(connection -> {
                INSERT.update(connection, g.app(), g.id(), g.name(), g.owner(), g.attributes(), g.attributesSize(),
                        g.history(), g.createdOn(), g.updatedOn());
                addMembers(connection, g, g.members());
                news.add(connection, g.app(), g.id(), told);
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

    /** What becomes of a group; what it throws leaves the group as it is. */
    @FunctionalInterface
    interface Change {
        StoredGroup of(StoredGroup group) throws SQLException;
    }

    /** What is to be told of a change. */
    @FunctionalInterface
    interface News {
        GroupNews of(Changed changed) throws SQLException;
    }

    /**
     * Changes a group while nobody else can, and stores what is to be told of it.
     *
     * @return the group before and after, or null if there is none
     */
    Changed change(String app, String id, Change change, News told) throws SQLException {
        AtomicReference<Changed> changed = new AtomicReference<>();
        database.inTransaction(connection -> changed.set(change(connection, app, id, change, told)));
        database.flush();
        return changed.get();
    }

    /** Changes a group in a transaction that does more. */
    Changed change(Connection connection, String app, String id, Change change, News told) throws SQLException {
        StoredGroup before = read(connection, LOCK, app, id);
        if (before == null) {
            return null;
        }
        Changed changed = write(connection, before, change.of(before));
        String owner = changed.after.owner();
        GroupNews all = told.of(changed);
        news.add(connection, app, id, owner == null || owner.equals(before.owner()) ? all : all.withOwner(owner));
        return changed;
    }

    /** The groups that a user is a member or the owner of. */
    List<String> groupsWith(Connection connection, String app, String user) throws SQLException {
        return WITH_USER.all(connection, row -> row.getString(1), app, user, app, user);
    }

    /** A group before and after a change. */
    record Changed(StoredGroup before, StoredGroup after) {

        /** The members that were not there before. */
        Set<String> added() {
            return less(after.members(), before.members());
        }

        /** The members that are there no more. */
        Set<String> removed() {
            return less(before.members(), after.members());
        }

        private static Set<String> less(Set<String> some, Set<String> others) {
            Set<String> rest = new LinkedHashSet<>(some);
            rest.removeAll(others);
            return rest;
        }
    }

    private static Changed write(Connection connection, StoredGroup before, StoredGroup after) throws SQLException {
        Changed members = new Changed(before, after);
        for (String member : members.removed()) {
            DELETE_MEMBER.update(connection, after.app(), after.id(), member);
        }
        addMembers(connection, after, members.added());
        StoredGroup owned = after;
        if (before.owner() != null && (after.owner() == null || members.removed().contains(before.owner()))) {
            // Whoever has been a member for longest; nobody if none is left.
            owned = after.withOwner(LONGEST.first(connection, row -> row.getString(1), after.app(), after.id()));
        }
        UPDATE.update(connection, owned.name(), owned.owner(), owned.attributes(), owned.attributesSize(), owned.history(),
                owned.updatedOn(), owned.app(), owned.id());
        return new Changed(before, owned);
    }

    private static void addMembers(Connection connection, StoredGroup group, Set<String> members) throws SQLException {
        if (!members.isEmpty()) {
            INSERT_MEMBERS.update(connection, group.app(), group.id(), group.updatedOn(),
                    Columns.texts(connection, members));
        }
    }

    private static StoredGroup read(Connection connection, Statement statement, String app, String id)
            throws SQLException {
        StoredGroup group = statement.first(connection, row -> read(row, app, id), app, id);
        return group == null ? null : group.withMembers(
                new LinkedHashSet<>(MEMBERS.all(connection, row -> row.getString(1), app, id)), group.updatedOn());
    }

    private static StoredGroup read(ResultSet row, String app, String id) throws SQLException {
        return new StoredGroup(app, id, row.getString(1), row.getString(2), Set.of(), row.getString(3),
                row.getString(4), row.getLong(5), row.getLong(6));
    }
}

package chat21.observer.tools.migration;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import chat21.observer.api.group.StoredGroup;
import chat21.observer.database.Columns;
import chat21.observer.database.Statement;

/** The collection {@code groups}: a document is a group with its members. */
final class GroupRows implements Destination<GroupRows.GroupRow> {

    private static final Statement LOCK = new Statement("groups", "lock-group");
    private static final Statement INSERT = new Statement("groups", "insert-group");
    private static final Statement UPDATE = new Statement("groups", "update-group");
    private static final Statement DELETE_MEMBERS = new Statement("groups", "delete-group-members");
    private static final Statement INSERT_MEMBERS = new Statement("groups", "insert-group-members");
    private static final int MAX_NAME = 1_024;
    private static final int MAX_ATTRIBUTES = 262_144;
    private static final int HISTORY = 4;
    private static final int UPDATED_ON = 6;

    private final int maxMembers;

    GroupRows(int maxMembers) {
        this.maxMembers = maxMembers;
    }

    record GroupRow(String app, String id, String name, String owner, String attributes, Set<String> members,
            long createdOn, long updatedOn) {

        int attributesSize() {
            return attributes == null ? 0 : attributes.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private record Known(String history, long updatedOn) {
    }

    @Override
    public GroupRow read(Document document) {
        long createdOn = document.time("createdOn", 0);
        return new GroupRow(document.app("appId"), document.id("uid"), document.name("name", MAX_NAME),
                document.optionalId("owner"),
                document.object("attributes", MAX_ATTRIBUTES), document.ids("members", maxMembers), createdOn,
                document.time("updatedOn", createdOn));
    }

    @Override
    public int store(Connection connection, List<GroupRow> rows) throws SQLException {
        int changed = 0;
        for (GroupRow row : rows) {
            changed += store(connection, row) ? 1 : 0;
        }
        return changed;
    }

    private static boolean store(Connection connection, GroupRow g) throws SQLException {
        Known known = LOCK.first(connection, row -> new Known(row.getString(HISTORY), row.getLong(UPDATED_ON)), g.app, g.id);
        if (known == null) {
            INSERT.update(connection, g.app, g.id, g.name, g.owner, g.attributes, g.attributesSize(),
                    StoredGroup.ALL, g.createdOn, g.updatedOn);
        } else if (known.updatedOn < g.updatedOn) {
            UPDATE.update(connection, g.name, g.owner, g.attributes, g.attributesSize(), known.history, g.updatedOn, g.app,
                    g.id);
            DELETE_MEMBERS.update(connection, g.app, g.id);
        } else {
            return false;
        }
        if (!g.members.isEmpty()) {
            INSERT_MEMBERS.update(connection, g.app, g.id, g.createdOn,
                    Columns.texts(connection, g.members));
        }
        return true;
    }
}

package chat21.observer.api.group;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import chat21.observer.api.auth.Caller;
import chat21.observer.api.group.GroupError.Kind;
import chat21.observer.database.Columns;
import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.RoutingKeys;

/** What the database says about who may do what with groups, and who can be a member of one. */
final class GroupRights {

    // As long as a message's.
    private static final String ANY_MESSAGE = "00000000-0000-0000-0000-000000000000";

    private static final Statement FIND_BAN = new Statement("blocks", "find-ban");
    private static final Statement UNSEEN = new Statement("timelines", "find-unseen-history");
    private static final Statement BLOCKERS = new Statement("blocks", "find-blockers");
    private static final Statement COUNT_HISTORY = new Statement("timelines", "count-history");
    private static final Statement OWNED = new Statement("groups", "sum-groups-of-owner");

    private final Database database;
    private final GroupLimits limits;

    GroupRights(Database database, GroupLimits limits) {
        this.database = database;
        this.limits = limits;
    }

    /** @throws GroupError if the caller is a user whom the app lets send nothing, and so announce nothing either */
    void refuseBanned(Caller caller, String app) throws SQLException {
        if (!caller.admin() && FIND_BAN.first(database, row -> true, app, caller.user()) != null) {
            throw notAllowed("The user is banned from the app");
        }
    }

    /** @throws GroupError if others have talked under the id of a new group, and the caller has not all of that */
    void refuseOthersHistory(Caller caller, StoredGroup group) throws SQLException {
        if (!caller.admin()
                && UNSEEN.first(database, row -> true, group.app(), group.id(), group.id(), caller.user()) != null) {
            throw notAllowed("Others have talked under this group_id: only who takes part in all of it may do this");
        }
    }

    /** @throws Refusal if the caller has as many groups, or as much in them, as a user may have */
    void refuseBeyondQuota(Caller caller, String app, int more, int moreBytes) throws SQLException {
        if (!caller.admin() && (more > 0 || moreBytes > 0)) {
            long[] owned = OWNED.first(database, row -> new long[] {row.getLong(1), row.getLong(2)}, app, caller.user());
            if (more > 0 && owned[0] >= limits.maxOwned()) {
                throw new Refusal(Reason.QUOTA, "a user may own " + limits.maxOwned() + " groups");
            }
            if (moreBytes > 0 && owned[1] + moreBytes > limits.maxAttributesBytes()) {
                throw new Refusal(Reason.QUOTA, "the attributes of all groups of a user may take "
                        + limits.maxAttributesBytes() + " bytes");
            }
        }
    }

    /** How many messages who joins a group is shown at most. */
    int historySize(String app, String group) throws SQLException {
        return COUNT_HISTORY.first(database, row -> row.getInt(1), app, group, group);
    }

    /** Who of these users wants nothing from the caller; a back end acts for itself, and nobody blocks it. */
    Set<String> blockers(Caller caller, String app, Set<String> users) throws SQLException {
        if (caller.admin() || users.isEmpty()) {
            return Set.of();
        }
        try (Connection connection = database.connection()) {
            List<String> found = BLOCKERS.all(connection, row -> row.getString(1), app, caller.user(),
                    Columns.texts(connection, users));
            return new LinkedHashSet<>(found);
        }
    }

    /** Whether messages of this group can reach that member at all. */
    static boolean isReachable(String app, String group, String member) {
        try {
            checkReachable(app, group, member);
            return true;
        } catch (Refusal e) {
            return false;
        }
    }

    /** @throws Refusal if messages of this group cannot reach that member */
    static void checkReachable(String app, String group, String member) {
        Ids.check("member", member);
        RoutingKeys.clientUpdated(app, member, group, ANY_MESSAGE);
        RoutingKeys.delivered(app, member, group);
        RoutingKeys.outgoing(app, member, group);
    }

    static GroupError notAllowed(String text) {
        return new GroupError(Kind.NOT_ALLOWED, text);
    }
}

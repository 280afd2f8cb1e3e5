package chat21.observer.api.privacy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import chat21.observer.api.group.Groups;
import chat21.observer.database.Columns;
import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.message.Deleted;
import chat21.observer.protocol.MessageIds;

/**
 * Deletes for good, with all that was derived from it, each call in one transaction: it is all gone or all there. What is
 * sent meanwhile is gone or there as a whole too.
 */
public final class Deletions {

    private static final Statement USER_CLIENT_MESSAGES = new Statement("privacy", "delete-user-client-message");
    private static final Statement CLIENT_MESSAGES = new Statement("privacy", "delete-client-messages-of");
    private static final Statement GROUP_CONVERSATIONS = new Statement("privacy", "delete-group-conversations");
    private static final Statement MESSAGES = new Statement("privacy", "delete-messages");
    private static final Statement DIRECT = new Statement("privacy", "find-direct-message-keys");
    private static final Statement ORPHANS = new Statement("privacy", "find-user-orphan-keys");
    private static final List<Statement> USER = List.of(new Statement("privacy", "delete-user-block"),
            new Statement("privacy", "delete-user-instance"), new Statement("privacy", "delete-user-connected-client"),
            new Statement("privacy", "delete-user-presence"), new Statement("privacy", "delete-user-mqtt-client"));

    private final Database database;
    private final Groups groups;
    private final MessageIds clock;

    public Deletions(Database database, Groups groups, MessageIds clock) {
        this.database = database;
        this.groups = groups;
        this.clock = clock;
    }

    /** Takes a group out of everybody's list of conversations. */
    public void groupConversations(String app, String group) throws SQLException {
        database.inLongTransaction(connection -> GROUP_CONVERSATIONS.update(connection, app, group));
        database.flush();
    }

    /**
     * Takes a group's messages out of everybody's inbox, the group's own history included, and the conversations that
     * hold nothing more out of the lists.
     */
    public void groupMessages(String app, String group) throws SQLException {
        database.inLongTransaction(connection -> {
            List<Long> keys = Scope.GROUP.messageKeys(connection, app, group);
            Scope.inParts(keys, part -> {
                Set<Long> direct = new HashSet<>(DIRECT.all(connection, row -> row.getLong(1), Columns.numbers(connection, part),
                        group, group));
                deleteMessages(connection, app, part.stream().filter(key -> !direct.contains(key)).toList());
            });
            Scope.GROUP.deleteTimelines(connection, app, group, keys);
            Scope.GROUP.recountConversations(connection, app, group);
            Deleted.note(connection, Deleted.group(app, group), clock.now());
        });
        database.flush();
    }

    /**
     * Deletes what is kept for a user: inbox, conversations, memberships, blocks, devices, presence. What the user has
     * said to others stays in the others' inboxes, and whom others block is theirs. Groups that it owned go to whoever has
     * been in them for longest.
     */
    public void user(String app, String user) throws SQLException {
        List<String> left = new ArrayList<>();
        database.inLongTransaction(connection -> {
            // First, so that what the user sends meanwhile keeps its id while it is there.
            USER_CLIENT_MESSAGES.update(connection, app, user);
            List<Long> keys = Scope.USER.messageKeys(connection, app, user);
            List<Long> orphans = new ArrayList<>(ORPHANS.all(connection, row -> row.getLong(1), app, user));
            orphans.retainAll(new HashSet<>(keys));
            Scope.inParts(orphans, part -> deleteMessages(connection, app, part));
            Scope.USER.deleteTimelines(connection, app, user, keys);
            Scope.USER.recountConversations(connection, app, user);
            left.addAll(groups.removeUser(connection, app, user, clock.now()));
            for (Statement statement : USER) {
                statement.update(connection, app, user);
            }
            Deleted.note(connection, Deleted.user(app, user), clock.now());
        });
        database.flush();
        groups.tell(app, left);
    }

    private static void deleteMessages(Connection connection, String app, List<Long> keys) throws SQLException {
        CLIENT_MESSAGES.update(connection, app, Columns.numbers(connection, keys));
        MESSAGES.update(connection, Columns.numbers(connection, keys));
    }
}

package chat21.observer.privacy;

import java.sql.SQLException;
import java.util.List;

import chat21.observer.store.Database;
import chat21.observer.store.Statement;

/** Deletes for good, each call in one transaction: it is all gone or all there. */
public final class Deletions {

    private static final Statement CLIENT_MESSAGES = new Statement("delete-user-client-message");
    private static final Statement GROUP_CLIENT_MESSAGES = new Statement("delete-group-client-messages");
    private static final Statement GROUP_CONVERSATIONS = new Statement("delete-group-conversations");
    private static final Statement GROUP_MESSAGES = new Statement("delete-group-messages");
    private static final Statement GROUP_TIMELINES = new Statement("delete-group-timelines");
    private static final Statement ORPHANS = new Statement("delete-user-orphans");
    private static final List<Statement> USER = List.of(new Statement("delete-user-timeline"),
            new Statement("delete-user-conversation"), new Statement("delete-user-group-member"),
            new Statement("delete-user-block"), new Statement("delete-user-instance"),
            new Statement("delete-user-connected-client"), new Statement("delete-user-presence"));

    private final Database database;

    public Deletions(Database database) {
        this.database = database;
    }

    /** Takes a group out of everybody's list of conversations. */
    public void groupConversations(String app, String group) throws SQLException {
        database.inTransaction(connection -> GROUP_CONVERSATIONS.update(connection, app, group));
        database.flush();
    }

    /** Takes a group's messages out of everybody's inbox, the group's own history included. */
    public void groupMessages(String app, String group) throws SQLException {
        database.inTransaction(connection -> {
            GROUP_CLIENT_MESSAGES.update(connection, app, app, group, group);
            GROUP_MESSAGES.update(connection, app, app, group, group);
            GROUP_TIMELINES.update(connection, app, group);
        });
        database.flush();
    }

    /**
     * Deletes what is kept for a user: inbox, conversations, memberships, blocks, devices, presence. What the user has
     * said to others stays in the others' inboxes.
     */
    public void user(String app, String user) throws SQLException {
        database.inTransaction(connection -> {
            // First, so that what the user sends meanwhile keeps its id while it is there.
            CLIENT_MESSAGES.update(connection, app, user);
            ORPHANS.update(connection, app, user);
            for (Statement statement : USER) {
                statement.update(connection, app, user);
            }
        });
        database.flush();
    }
}

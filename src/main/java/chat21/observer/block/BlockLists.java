package chat21.observer.block;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import chat21.observer.store.Database;
import chat21.observer.store.Statement;

/** Who wants nothing from whom, and who may not send at all. What is changed counts from the next message on. */
public final class BlockLists {

    private static final Statement LIST_BLOCKS = new Statement("list-blocks");
    private static final Statement INSERT_BLOCK = new Statement("insert-block-once");
    private static final Statement DELETE_BLOCK = new Statement("delete-block");
    private static final Statement LIST_BANS = new Statement("list-bans");
    private static final Statement INSERT_BAN = new Statement("insert-ban-once");
    private static final Statement DELETE_BAN = new Statement("delete-ban");
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;

    public BlockLists(Database database) {
        this.database = database;
    }

    /** Whom a user has blocked. */
    public List<String> blocked(String app, String user) throws SQLException {
        try (Connection connection = database.connection()) {
            return LIST_BLOCKS.all(connection, row -> row.getString(1), app, user);
        }
    }

    public void block(String app, String user, String other) throws SQLException {
        change(INSERT_BLOCK, app, user, other, app, user, other);
    }

    public void unblock(String app, String user, String other) throws SQLException {
        change(DELETE_BLOCK, app, user, other);
    }

    /** Who may not send in an app. */
    public List<String> banned(String app) throws SQLException {
        try (Connection connection = database.connection()) {
            return LIST_BANS.all(connection, row -> row.getString(1), app);
        }
    }

    public void ban(String app, String user) throws SQLException {
        change(INSERT_BAN, app, user, app, user);
    }

    public void unban(String app, String user) throws SQLException {
        change(DELETE_BAN, app, user);
    }

    private void change(Statement statement, Object... parameters) throws SQLException {
        try {
            database.inTransaction(connection -> statement.update(connection, parameters));
        } catch (SQLException e) {
            // Two calls at once with the same wish: it is fulfilled.
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
        }
        database.flush();
    }
}

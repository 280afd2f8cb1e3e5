package chat21.observer.flow.block;

import java.sql.SQLException;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** Who wants nothing from whom, and who may not send at all. What is changed counts from the next message on. */
public final class BlockLists {

    private static final Statement INSERT_BLOCK = new Statement("blocks", "insert-block-once");
    private static final Statement DELETE_BLOCK = new Statement("blocks", "delete-block");
    private static final Statement INSERT_BAN = new Statement("blocks", "insert-ban-once");
    private static final Statement DELETE_BAN = new Statement("blocks", "delete-ban");
    private static final String UNIQUE_VIOLATION = "23505";

    private static final Statement COUNT_BLOCKS = new Statement("blocks", "count-blocks");

    private final Database database;
    private final int maxBlocks;

    /** @param maxBlocks the most users that one user blocks */
    public BlockLists(Database database, int maxBlocks) {
        this.database = database;
        this.maxBlocks = maxBlocks;
    }

    /** @throws Refusal if the user has blocked as many as a user may */
    public void block(String app, String user, String other) throws SQLException {
        change(connection -> {
            int added = INSERT_BLOCK.update(connection, app, user, other, app, user, other);
            if (added > 0 && COUNT_BLOCKS.first(connection, row -> row.getInt(1), app, user) > maxBlocks) {
                throw new Refusal(Reason.QUOTA, "a user may block " + maxBlocks + " others");
            }
        });
    }

    public void unblock(String app, String user, String other) throws SQLException {
        change(DELETE_BLOCK, app, user, other);
    }

    public void ban(String app, String user) throws SQLException {
        change(INSERT_BAN, app, user, app, user);
    }

    public void unban(String app, String user) throws SQLException {
        change(DELETE_BAN, app, user);
    }

    private void change(Statement statement, Object... parameters) throws SQLException {
        change(connection -> statement.update(connection, parameters));
    }

    private void change(Database.Work work) throws SQLException {
        try {
            database.inTransaction(work);
        } catch (SQLException e) {
            // Two calls at once with the same wish: it is fulfilled.
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
        }
        database.flush();
    }
}

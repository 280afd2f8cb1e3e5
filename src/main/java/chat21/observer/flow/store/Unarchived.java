package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

import chat21.observer.database.Columns;
import chat21.observer.database.Statement;

/**
 * A conversation that a message has brought back from the archive. Its row says so, hence it is known as well when the
 * message comes again.
 *
 * @param conversation the conversation
 * @param messageId    the message
 */
public record Unarchived(ConversationKey conversation, String messageId) {

    private static final Statement FIND = new Statement("conversations", "find-unarchived");
    private static final Columns<Unarchived> COLUMNS = new Columns<Unarchived>().varchar(u -> u.conversation.app())
            .varchar(u -> u.conversation.owner()).varchar(u -> u.conversation.peer()).varchar(Unarchived::messageId);

    /** Those of the given ones that are so, and that nobody has archived again; with one query. */
    public static List<Unarchived> among(Connection connection, Collection<Unarchived> candidates) throws SQLException {
        if (candidates.isEmpty()) {
            return List.of();
        }
        return FIND.all(connection, row -> new Unarchived(
                new ConversationKey(row.getString(1), row.getString(2), row.getString(3)), row.getString(4)),
                COLUMNS.of(connection, candidates));
    }
}

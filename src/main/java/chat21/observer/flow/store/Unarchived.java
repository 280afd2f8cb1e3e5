package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import chat21.observer.database.Columns;
import chat21.observer.database.Sql;

/**
 * A conversation that a message has brought back from the archive. Its row says so, hence it is known as well when the
 * message comes again.
 *
 * @param conversation the conversation
 * @param messageId    the message
 */
public record Unarchived(ConversationKey conversation, String messageId) {

    private static final String FIND = Sql.named("find-unarchived");

    /** Those of the given ones that are so, and that nobody has archived again; with one query. */
    public static List<Unarchived> among(Connection connection, Collection<Unarchived> candidates) throws SQLException {
        List<Unarchived> found = new ArrayList<>();
        if (candidates.isEmpty()) {
            return found;
        }
        Columns columns = new Columns("varchar", "varchar", "varchar", "varchar");
        candidates.forEach(c -> columns.add(c.conversation.app(), c.conversation.owner(), c.conversation.peer(),
                c.messageId));
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            columns.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Unarchived(
                            new ConversationKey(rows.getString(1), rows.getString(2), rows.getString(3)),
                            rows.getString(4)));
                }
            }
        }
        return found;
    }
}

package chat21.observer.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds out which of some conversations are archived, with one query. */
public final class ArchivedConversations {

    private static final String FIND = Sql.named("find-archived");

    private ArchivedConversations() {
    }

    /** Those of the given ones. */
    public static List<ConversationKey> among(Connection connection, Collection<ConversationKey> keys) throws SQLException {
        List<ConversationKey> found = new ArrayList<>();
        if (keys.isEmpty()) {
            return found;
        }
        Columns columns = new Columns("varchar", "varchar", "varchar");
        keys.forEach(k -> columns.add(k.app(), k.owner(), k.peer()));
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            columns.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new ConversationKey(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return found;
    }
}

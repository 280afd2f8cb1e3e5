package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

import chat21.observer.database.Columns;
import chat21.observer.database.Statement;

/**
 * A message in the database, once, whatever the number of its inboxes.
 *
 * @param key       of its row
 * @param type      its type, or null
 * @param channel   its channel type, or null
 * @param timestamp in ms since 1970
 * @param payload   its JSON without what belongs to one inbox
 */
public record MessageRow(long key, String app, String messageId, String sender, String recipient, String type,
        String channel, long timestamp, String payload) {

    private static final Statement INSERT = new Statement("messages", "insert-messages");
    private static final Columns<MessageRow> COLUMNS = new Columns<MessageRow>().bigint(MessageRow::key)
            .varchar(MessageRow::app).varchar(MessageRow::messageId).varchar(MessageRow::sender)
            .varchar(MessageRow::recipient).varchar(MessageRow::type).varchar(MessageRow::channel)
            .bigint(MessageRow::timestamp).varchar(MessageRow::payload);

    /** Writes rows that are not there yet, with one statement. */
    public static void insert(Connection connection, Collection<MessageRow> rows) throws SQLException {
        INSERT.updateAll(connection, COLUMNS, rows);
    }
}

package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

import chat21.observer.database.Columns;
import chat21.observer.database.Statement;

/**
 * A message in one inbox.
 *
 * @param owner      whose inbox it is
 * @param peer       the other user, or the group
 * @param timestamp  the message's, in ms since 1970
 * @param status     how far it has come
 * @param messageKey the key of the message's row
 */
public record TimelineRow(String app, String owner, String peer, long timestamp, String messageId, short status,
        long messageKey) {

    /** For statements that take rows of this table. */
    public static final Columns<TimelineRow> COLUMNS = new Columns<TimelineRow>().varchar(TimelineRow::app)
            .varchar(TimelineRow::owner).varchar(TimelineRow::peer).bigint(TimelineRow::timestamp)
            .varchar(TimelineRow::messageId).smallint(TimelineRow::status).bigint(TimelineRow::messageKey);

    private static final Statement INSERT = new Statement("timelines", "insert-timeline");

    /** Writes rows that are not there yet, with one statement; returns how many. */
    public static int insert(Connection connection, Collection<TimelineRow> rows) throws SQLException {
        return INSERT.updateAll(connection, COLUMNS, rows);
    }
}

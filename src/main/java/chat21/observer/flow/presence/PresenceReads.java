package chat21.observer.flow.presence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

import chat21.observer.database.Columns;
import chat21.observer.database.Database;
import chat21.observer.database.Statement;

/** Says who is online, to those who may know it. */
public final class PresenceReads {

    private static final Statement FIND = new Statement("presence", "find-presences");

    private final Database database;

    public PresenceReads(Database database) {
        this.database = database;
    }

    /**
     * Whether a user is there.
     *
     * @param lastSeen when that was recorded last, in ms since 1970, or null for somebody who never was there
     */
    public record Presence(String user, boolean online, Long lastSeen) {
    }

    /**
     * The presence of these users; of others than a back end only themselves and those with whom they have a
     * conversation are told.
     */
    public List<Presence> of(String app, String caller, boolean backEnd, Collection<String> users) throws SQLException {
        try (Connection connection = database.connection()) {
            return FIND.all(connection, row -> new Presence(row.getString(1), row.getBoolean(2),
                    row.getObject(3, Long.class)), Columns.texts(connection, users), app, backEnd,
                    caller, app, caller);
        }
    }
}

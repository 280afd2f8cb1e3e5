package chat21.observer.database;

import java.sql.SQLException;

/** Says that a step could not ask the database: no fault of the message that it was working on, which has to wait. */
public final class DatabaseAway extends RuntimeException {

    public DatabaseAway(SQLException cause) {
        super(cause);
    }
}

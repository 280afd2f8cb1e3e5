package chat21.observer.engine.batch;

import java.sql.SQLException;

/** What is done once all that came is acknowledged and nothing more has come for longer than the window of equal messages. */
@FunctionalInterface
public interface IdleWork {

    /** Forgets what need not be recognised any more; if that fails it is called again later. */
    void forget() throws SQLException;
}

package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.message.Decision;

/** Hears of conversations that messages bring back from the archive. */
public interface Unarchiving {

    /**
     * Says that a message brought a conversation back, and says it again when the message comes again; the row is written,
     * and the transaction goes on.
     */
    void unarchived(Connection connection, Decision decision, Unarchived what) throws SQLException;
}

package chat21.observer.store;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.receive.Outcome;

/** Hears of conversations that new messages bring back from the archive. */
public interface Unarchiving {

    /** Says that a message brought a conversation back; its row is written, and the transaction goes on. */
    void unarchived(Connection connection, Outcome outcome, ConversationKey conversation) throws SQLException;
}

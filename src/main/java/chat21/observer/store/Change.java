package chat21.observer.store;

import java.sql.Connection;
import java.sql.SQLException;

import chat21.observer.receive.Outcome;

/**
 * A change of stored state by one delivery, made within the transaction of its batch and after everything that came
 * before it. It may be made twice, when a delivery comes again, and must then change nothing more.
 */
@FunctionalInterface
public interface Change {

    /**
     * Makes the change, and adds to the outcome what is to be published of it.
     *
     * @throws chat21.observer.refuse.Refusal if the stored state does not allow it; it must have changed nothing then
     */
    void apply(Connection connection, Outcome outcome) throws SQLException;
}

package chat21.observer.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import chat21.observer.testing.TestDatabase;

/**
 * What somebody else holds locked in the database.
 *
 * @param sql        a statement that locks until its transaction ends
 * @param parameters what is bound to it
 */
record Lock(TestDatabase database, String sql, Object... parameters) {

    /** Holds the lock while something happens. */
    void during(Runnable work) {
        try (Connection holder = DriverManager.getConnection(database.url(), database.user(), database.password());
                PreparedStatement statement = holder.prepareStatement(sql)) {
            holder.setAutoCommit(false);
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
            try {
                work.run();
            } finally {
                holder.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}

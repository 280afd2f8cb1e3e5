package chat21.observer.health;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import chat21.observer.store.Database;

/** Ready only while the database answers. */
public final class DatabaseCheck extends AbstractHealthCheck {

    private final Database database;

    public DatabaseCheck(Database database) {
        super("chat21", "database");
        this.database = database;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try (Connection connection = database.connection()) {
            if (connection.isValid(2)) {
                builder.up();
            } else {
                builder.message("the database does not answer").down();
            }
        } catch (SQLException e) {
            builder.message("the database cannot be reached").error(e).down();
        }
    }
}

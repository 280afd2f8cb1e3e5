package chat21.observer;

import chat21.observer.settings.Settings;
import chat21.observer.store.Database;
import chat21.observer.store.DatabaseSettings;

/** Opens the database that the settings name. */
final class DatabaseWiring {

    private DatabaseWiring() {
    }

    /** @throws StartFailure if it cannot be opened */
    static Database open(Settings settings) {
        DatabaseSettings database = new DatabaseSettings(settings.required("chat21.database.url"),
                settings.text("chat21.database.user"), settings.text("chat21.database.password"),
                settings.number("chat21.database.max-connections", 2, 1_000),
                settings.millis("chat21.database.connection-timeout-ms", 250, 600_000),
                settings.flag("chat21.database.sync-to-disk"));
        try {
            return Database.open(database);
        } catch (RuntimeException e) {
            throw new StartFailure("The database " + database.url() + " cannot be used: " + StartFailure.innermost(e)
                    + ". See DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD.", e);
        }
    }
}

package chat21.observer;

import java.io.IOException;
import java.sql.SQLException;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.database.DurableTransactions;
import chat21.observer.database.journal.JournaledTransactions;
import chat21.observer.internals.h2.Damage;
import chat21.observer.settings.Settings;
import chat21.observer.settings.StartFailure;
import chat21.observer.settings.address.DatabaseAddress;
import chat21.observer.tls.TlsProblem;

/** Opens the database that the settings name. */
public final class DatabaseWiring {

    private final DatabaseAddress address;
    private final DatabaseSettings settings;
    private final long checkpointMs;

    public DatabaseWiring(Settings settings) {
        this.address = settings.read("chat21.database.url", DatabaseAddress::of)
                .trusting(settings.text("chat21.tls.ca-file"));
        boolean named = address.user() != null;
        this.settings = new DatabaseSettings(address.url(),
                named ? address.user() : settings.text("chat21.database.user"),
                named ? address.password() : settings.text("chat21.database.password"),
                settings.number("chat21.database.max-connections"),
                settings.millis("chat21.database.connection-timeout-ms"),
                settings.flag("chat21.database.sync-to-disk"),
                (int) settings.millis("chat21.database.socket-timeout-ms"),
                (int) settings.millis("chat21.database.long-timeout-ms"));
        this.checkpointMs = settings.millis("chat21.database.checkpoint-interval-ms");
    }

    /** What may be said of where it is. */
    public String shown() {
        return address.toString();
    }

    /** Where it is, and how it is used. */
    public DatabaseSettings settings() {
        return settings;
    }

    /** @throws StartFailure if it cannot be opened */
    public Database open() {
        try {
            return Database.open(settings);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /**
     * The transactions of the flow, once they are where an earlier process left them.
     *
     * @throws StartFailure if that does not come about
     */
    public DurableTransactions transactions(Database database) {
        try {
            if (!settings.isEmbeddedFile()) {
                return DurableTransactions.of(database);
            }
            return new JournaledTransactions(database, database.file(), settings.syncToDisk(), checkpointMs);
        } catch (IOException | SQLException | RuntimeException e) {
            database.close();
            throw failure(e);
        }
    }

    private StartFailure failure(Exception e) {
        if (settings.isEmbeddedFile() && Damage.isCauseOf(e)) {
            return new StartFailure("The database " + address + " is damaged: " + StartFailure.innermost(e)
                    + ". Its file was left as it is: put back a copy, or run bin/repair, which reads what can be read into"
                    + " a new file and keeps the damaged one (docs/operating.md).", e);
        }
        return new StartFailure("The database " + address + " cannot be used: "
                + TlsProblem.in(e).orElseGet(() -> StartFailure.innermost(e))
                + ". See DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD.", e);
    }
}

package chat21.observer.ops.health;

import chat21.observer.database.Database;

/** Ready only while the database answers. */
public final class DatabaseCheck extends BackgroundCheck {

    private static final int TIMEOUT_S = 2;

    private final Database database;

    public DatabaseCheck(Database database) {
        super("database", "the database");
        this.database = database;
    }

    @Override
    String problem() {
        return database.answers(TIMEOUT_S) ? null : "the database cannot be reached, or does not answer";
    }
}

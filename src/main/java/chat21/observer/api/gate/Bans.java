package chat21.observer.api.gate;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.LongSupplier;

import chat21.observer.database.Database;
import chat21.observer.database.Lately;
import chat21.observer.database.Statement;

/**
 * Who may not be connected, as it was a moment ago. All who ask share one set; where more are banned than it holds, each is
 * looked up.
 */
final class Bans {

    private static final Statement SOME = new Statement("blocks", "list-all-bans");
    private static final Statement FIND = new Statement("blocks", "find-ban");

    private final Database database;
    private final int most;
    private final Lately<Set<User>> lately;

    private record User(String app, String id) {
    }

    /**
     * @param most  how many users the set holds
     * @param nanos a clock that never goes back, in ns
     */
    Bans(Database database, int most, LongSupplier nanos) {
        this.database = database;
        this.most = most;
        this.lately = new Lately<>(this::some, nanos);
    }

    /** @throws SQLException while it cannot be known */
    boolean isBanned(String app, String user) throws SQLException {
        Set<User> known = lately.get();
        return known.contains(new User(app, user)) || known.size() > most && isFound(app, user);
    }

    private Set<User> some() throws SQLException {
        return Set.copyOf(SOME.all(database, row -> new User(row.getString(1), row.getString(2)), most + 1));
    }

    private boolean isFound(String app, String user) throws SQLException {
        return FIND.first(database, row -> true, app, user) != null;
    }
}

package chat21.observer.api.gate;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.protocol.Ids;

/**
 * The book of MQTT client ids: each belongs to the user who came with it first, until that user has not come with it for
 * longer than any session lasts. All nodes share it.
 */
final class ClientIds {

    private static final Statement FIND = new Statement("clients", "find-mqtt-client");
    private static final Statement INSERT = new Statement("clients", "insert-mqtt-client");
    private static final Statement UPDATE = new Statement("clients", "update-mqtt-client");
    private static final Statement DELETE = new Statement("clients", "delete-mqtt-client");
    private static final Statement SEEN = new Statement("clients", "update-mqtt-client-seen");
    private static final Statement LIST = new Statement("clients", "list-mqtt-clients");
    private static final String UNIQUE_VIOLATION = "23505";
    // A client that comes often is not written down each time.
    private static final long SEEN_MS = Duration.ofHours(1).toMillis();
    // Another node may have written meanwhile.
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int TURNS = 64;
    private static final Duration FULL = Duration.ofSeconds(5);
    private static final long MAX_REMEMBERED = 100_000;

    private final Database database;
    private final Clock clock;
    private final GateSettings settings;
    private final Sessions sessions;
    private final Cache<String, ClientOwner> remembered = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED).build();
    // Who comes again and again with one client more than allowed does not make the broker look each time.
    private final Cache<User, Boolean> full = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(FULL).build();

    private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();

    private record User(String app, String id) {
    }

    private record Known(String clientId, long lastSeen) {
    }

    private record Entry(ClientOwner owner, long lastSeen) {
    }

    ClientIds(Database database, Clock clock, GateSettings settings, Sessions sessions) {
        this.sessions = sessions;
        this.database = database;
        this.clock = clock;
        this.settings = settings;
    }

    /** Whose the client id is, or null if it is nobody's. */
    ClientOwner ownerOf(String clientId) throws SQLException {
        ClientOwner owner = remembered.getIfPresent(clientId);
        if (owner == null) {
            Entry entry = find(clientId);
            if (entry != null) {
                owner = entry.owner();
                remembered.put(clientId, owner);
            }
        }
        return owner;
    }

    /**
     * Gives the client id to who asks, if it is this user's already or may be anybody's.
     *
     * @return whether it is this user's now
     * @throws IOException if the broker does not say which of this user's clients are connected
     */
    boolean claim(String clientId, ClientOwner asking) throws SQLException, IOException {
        Entry entry = find(clientId);
        if (entry != null && isForgotten(entry) && forget(new Known(clientId, entry.lastSeen()))) {
            return claimFree(clientId, asking);
        }
        if (entry == null) {
            return claimFree(clientId, asking);
        }
        if (!entry.owner().isSameUser(asking)) {
            return false;
        }
        if (!entry.owner().equals(asking) || clock.millis() - entry.lastSeen() > SEEN_MS) {
            database.inTransaction(c -> UPDATE.update(c, asking.admin(), asking.expiresAt(), clock.millis(), clientId));
        }
        remembered.put(clientId, asking);
        return true;
    }

    private boolean claimFree(String clientId, ClientOwner asking) throws SQLException, IOException {
        String named = userNamedBy(clientId);
        if (named == null ? !settings.takesFreeClientIds() : !named.equals(asking.user())) {
            return false;
        }
        // Two of one user at a time would each take the room that there is for one.
        synchronized (turns[Math.floorMod(asking.user().hashCode(), turns.length)]) {
            return makeRoom(asking) && insert(clientId, asking);
        }
    }

    private boolean insert(String clientId, ClientOwner asking) throws SQLException {
        try {
            database.inTransaction(c -> INSERT.update(c, clientId, asking.app(), asking.user(), asking.admin(),
                    asking.expiresAt(), clock.millis()));
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
            // Somebody else was quicker, perhaps another client of the same user.
            Entry quicker = find(clientId);
            if (quicker == null || !quicker.owner().isSameUser(asking)) {
                return false;
            }
        }
        remembered.put(clientId, asking);
        return true;
    }

    /**
     * Forgets clients of this user that are not connected, the one not seen for longest first, until there is room for one
     * more. With a client goes the session that the broker keeps for it, so that nobody else can come into it, and so
     * that no user has more of them than clients.
     */
    private boolean makeRoom(ClientOwner asking) throws SQLException, IOException {
        User user = new User(asking.app(), asking.user());
        if (!asking.admin() && full.getIfPresent(user) != null) {
            return false;
        }
        List<Known> known = known(user);
        int tooMany = known.size() + 1 - settings.maxClientIds();
        for (Known oldest : known) {
            if (tooMany <= 0) {
                break;
            }
            if (forget(oldest)) {
                tooMany--;
            }
        }
        if (tooMany > 0 && !asking.admin()) {
            full.put(user, true);
            return false;
        }
        return true;
    }

    private boolean forget(Known client) throws SQLException, IOException {
        if (sessions.end(client.clientId())) {
            database.inTransaction(c -> DELETE.update(c, client.clientId(), client.lastSeen()));
            remembered.invalidate(client.clientId());
            return true;
        }
        // It is there now, and so not the first to look at the next time.
        database.inTransaction(c -> SEEN.update(c, clock.millis(), client.clientId()));
        return false;
    }

    private List<Known> known(User user) throws SQLException {
        return LIST.all(database, row -> new Known(row.getString(1), row.getLong(2)), user.app(), user.id());
    }

    /** The user whose id stands before the first dot of the client id, which no user's id can hold; or null. */
    static String userNamedBy(String clientId) {
        int dot = clientId.indexOf('.');
        return dot > 0 && Ids.isValid(clientId.substring(0, dot)) ? clientId.substring(0, dot) : null;
    }

    private boolean isForgotten(Entry entry) {
        return clock.millis() - entry.lastSeen() > Duration.ofDays(settings.clientIdDays()).toMillis();
    }

    private Entry find(String clientId) throws SQLException {
        return FIND.first(database, row -> new Entry(
                new ClientOwner(row.getString(1), row.getString(2), row.getBoolean(3), row.getLong(4)),
                row.getLong(5)), clientId);
    }
}

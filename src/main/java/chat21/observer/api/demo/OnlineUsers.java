package chat21.observer.api.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;

/** Looks up which users are online, as far as the observer has recorded it. */
final class OnlineUsers {

    private static final Statement FIND = new Statement("presence", "find-online");

    private final Database database;
    private final String app;

    OnlineUsers(Database database, String app) {
        this.database = database;
        this.app = app;
    }

    /** Whether each of these users is online; somebody who was never there is not. */
    Map<String, Boolean> among(Collection<String> users) throws SQLException {
        Map<String, Boolean> online = new LinkedHashMap<>();
        try (Connection connection = database.connection()) {
            for (String user : users) {
                online.put(user, Boolean.TRUE.equals(FIND.first(connection, row -> row.getBoolean(1), app, user)));
            }
        }
        return online;
    }
}

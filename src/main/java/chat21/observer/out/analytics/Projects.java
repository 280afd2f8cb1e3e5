package chat21.observer.out.analytics;

import java.sql.Connection;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import chat21.observer.database.Statement;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.Payloads;

/** Finds out whose project an event belongs to: only messages say so, in {@code attributes.projectId}. */
final class Projects {

    private static final Statement FIND_MESSAGE = new Statement("messages", "find-message");

    private final Payloads payloads;
    private final Cache<Key, String> lastOfUser;

    /** @param maxUsers how many users' last projects are remembered */
    Projects(Payloads payloads, int maxUsers) {
        this.payloads = payloads;
        this.lastOfUser = Caffeine.newBuilder().maximumSize(maxUsers).build();
    }

    /** The project that a message names, or null. */
    String of(ChatMessage message) {
        return nonEmpty(message.attribute("projectId"));
    }

    /** The project that a stored message names, or null. */
    String ofStored(Connection connection, String app, String messageId) throws SQLException {
        String payload = FIND_MESSAGE.first(connection, row -> row.getString(1), app, messageId);
        return payload == null ? null : nonEmpty(payloads.readStored(payload).path("attributes").path("projectId"));
    }

    /** Remembers in which project a user was last; nothing changes if it is null. */
    void remember(String app, String user, String project) {
        if (project != null) {
            lastOfUser.put(new Key(app, user), project);
        }
    }

    /** The project of the last message that the user sent or got since the start, or null. */
    String lastOf(String app, String user) {
        return lastOfUser.getIfPresent(new Key(app, user));
    }

    private static String nonEmpty(JsonNode node) {
        String text = node.textValue();
        return text == null || text.isEmpty() ? null : text;
    }
}

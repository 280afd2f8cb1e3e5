package chat21.observer.api.push;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import chat21.observer.message.Given;

/**
 * Remembers of whom was told of which message here, so that an event that comes once more, as webhooks may, or that a back end
 * has asked push for as well, makes no second note. It forgets after ten minutes, and the oldest where there are too many.
 */
final class ToldMessages {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST = 20_000;

    private final Cache<String, Boolean> told = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    /** Whether this is the first time that this user is told of this message; one without an id is always new. */
    boolean isFirst(String app, String user, JsonNode message) {
        JsonNode id = message.path("message_id");
        return Given.isAbsent(id)
                || told.asMap().putIfAbsent(app + '/' + user + '/' + id.asText(), Boolean.TRUE) == null;
    }
}

package chat21.observer.out.webhook;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;

import chat21.observer.database.Database;
import chat21.observer.database.Lately;
import chat21.observer.engine.broker.QueueBrowser;
import chat21.observer.message.Deleted;

/**
 * Knows the events that tell of a user who was deleted since, or of a group whose messages were: those for the user's own
 * inbox, and those for anybody's conversation with the group.
 */
public final class DeletedEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final Lately<Long> newest;

    DeletedEvents(Database database) {
        this.database = database;
        this.newest = new Lately<>(this::readNewest, System::nanoTime);
    }

    /** Which of these events are older than a deletion of what they tell of, by their places in the list. */
    Set<Integer> among(List<byte[]> events) throws SQLException {
        long last = newest.get();
        if (last == 0) {
            return Set.of();
        }
        List<Told> told = events.stream().map(Told::of).toList();
        List<String> names = told.stream().filter(event -> event.at <= last).flatMap(event -> event.names.stream())
                .distinct().toList();
        if (names.isEmpty()) {
            return Set.of();
        }
        Map<String, Long> deleted;
        try (Connection connection = database.connection()) {
            deleted = Deleted.among(connection, names);
        }
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < told.size(); i++) {
            if (told.get(i).isOlderThan(deleted)) {
                found.add(i);
            }
        }
        return found;
    }

    /**
     * Takes those out of the queue of the events that were given up; a bundle goes where all of its events do.
     *
     * @param deleted when what was deleted, by name
     * @return how many messages have left the queue
     */
    public static int drop(com.rabbitmq.client.Connection connection, String queue, Map<String, Long> deleted)
            throws IOException, TimeoutException {
        return new QueueBrowser(connection, queue).takeOut(
                letter -> bodies(letter).stream().allMatch(event -> Told.of(event).isOlderThan(deleted)));
    }

    private static List<byte[]> bodies(GetResponse letter) {
        BasicProperties properties = letter.getProps();
        return EventBundles.namesIn(properties.getHeaders()).isEmpty() ? List.of(letter.getBody())
                : EventBundles.bodiesIn(letter.getBody());
    }

    private long readNewest() throws SQLException {
        try (Connection connection = database.connection()) {
            return Deleted.newest(connection);
        }
    }

    /** When an event was made, and the names of what it tells of. */
    private record Told(long at, List<String> names) {

        private static final Told NOTHING = new Told(Long.MAX_VALUE, List.of());

        static Told of(byte[] event) {
            JsonNode json;
            try {
                json = JSON.readTree(event);
            } catch (IOException e) {
                return NOTHING;
            }
            String app = json.path("app_id").asText();
            // The inbox that it tells of; a return receipt tells the sender, its recipient.
            String owner = json.hasNonNull("delivered_to") ? json.path("delivered_to").asText()
                    : json.hasNonNull("user_id") ? json.path("user_id").asText() : json.path("recipient_id").asText();
            List<String> names = new ArrayList<>(List.of(Deleted.user(app, owner)));
            for (String peer : List.of("recipient_id", "convers_with")) {
                if (json.hasNonNull(peer)) {
                    names.add(Deleted.group(app, json.path(peer).asText()));
                }
            }
            return new Told(json.path("createdAt").asLong(Long.MAX_VALUE), names);
        }

        boolean isOlderThan(Map<String, Long> deleted) {
            return names.stream().anyMatch(name -> deleted.getOrDefault(name, Long.MIN_VALUE) >= at);
        }
    }
}

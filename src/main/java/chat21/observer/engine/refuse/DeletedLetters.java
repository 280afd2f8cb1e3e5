package chat21.observer.engine.refuse;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Connection;

import chat21.observer.engine.broker.QueueBrowser;
import chat21.observer.message.Deleted;

/** Takes dead letters away whose user was deleted since, or whose group's messages were. */
public final class DeletedLetters {

    private DeletedLetters() {
    }

    /**
     * Walks through the queue of the dead letters.
     *
     * @param deleted when what was deleted, by name
     * @return how many letters have left it
     */
    public static int drop(Connection connection, String queue, Map<String, Long> deleted)
            throws IOException, TimeoutException {
        return new QueueBrowser(connection, queue).takeOut(message -> isOlder(StoredLetter.of(message), deleted));
    }

    private static boolean isOlder(StoredLetter letter, Map<String, Long> deleted) {
        return letter.routingKey() != null && letter.receivedAt() != null && names(letter.routingKey()).stream().anyMatch(
                name -> deleted.getOrDefault(name, Long.MIN_VALUE) >= letter.receivedAt().toEpochMilli());
    }

    // What a broken key names is read as far as it goes: an operator may replay it all the same.
    private static Set<String> names(String routingKey) {
        String[] words = routingKey.split("\\.");
        int app = words.length > 1 && words[1].equals("observer") ? 2 : 1;
        Set<String> names = new HashSet<>();
        for (int i = app + 1; i + 1 < words.length; i++) {
            String id = words[i + 1];
            switch (words[i]) {
                case "users" -> names.add(Deleted.user(words[app], id));
                case "messages", "conversations" -> {
                    names.add(Deleted.group(words[app], id));
                    if (routingKey.endsWith(".outgoing")) {
                        names.add(Deleted.user(words[app], id));
                    }
                }
                default -> { }
            }
        }
        return names;
    }
}

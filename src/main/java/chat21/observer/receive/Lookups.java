package chat21.observer.receive;

import java.util.Map;
import java.util.Set;

import chat21.observer.group.Group;

/**
 * What the database says about the users and groups of a batch, read in one go per table.
 *
 * @param banned   users that may not send
 * @param blockers who blocks a user, by that user
 * @param groups   stored groups, by their id
 */
public record Lookups(Set<Key> banned, Map<Key, Set<String>> blockers, Map<Key, Group> groups) {

    /** Nothing known. */
    public static final Lookups NONE = new Lookups(Set.of(), Map.of(), Map.of());

    /** A user or group within its app. */
    public record Key(String app, String id) {
    }

    public boolean isBanned(String app, String user) {
        return !banned.isEmpty() && banned.contains(new Key(app, user));
    }

    /** Whether {@code owner} wants nothing from {@code sender}. */
    public boolean isBlocked(String app, String owner, String sender) {
        return !blockers.isEmpty() && blockers.getOrDefault(new Key(app, sender), Set.of()).contains(owner);
    }

    /** The stored group of that id, or null. */
    public Group group(String app, String id) {
        return groups.isEmpty() ? null : groups.get(new Key(app, id));
    }
}

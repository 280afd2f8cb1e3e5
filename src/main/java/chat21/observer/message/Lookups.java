package chat21.observer.message;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import chat21.observer.database.Columns;
import chat21.observer.message.Newest.Conversation;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Topic.Outgoing;

/**
 * What the database says about the users and groups of a batch, read in one go per table.
 *
 * @param banned     users that may not send
 * @param blockers   who blocks a user, by that user
 * @param groups     stored groups, by their id
 * @param byClientId messages of this batch that their clients gave an id, filled as they are read
 * @param newest     the newest messages of the conversations, with those of this batch as they are read
 */
public record Lookups(Set<Key> banned, Map<Key, Set<String>> blockers, Map<Key, Group> groups,
        Map<String, ChatMessage> byClientId, Newest newest) {

    /** What was looked up for a new batch. */
    public Lookups(Set<Key> banned, Map<Key, Set<String>> blockers, Map<Key, Group> groups) {
        this(banned, blockers, groups, new HashMap<>(), new Newest());
    }

    /** Nothing known. */
    public static Lookups none() {
        return new Lookups(Set.of(), Map.of(), Map.of());
    }

    /** A user, group or message within its app. */
    public record Key(String app, String id) {

        /** For statements that take many of them. */
        public static final Columns<Key> COLUMNS = new Columns<Key>().varchar(Key::app).varchar(Key::id);
    }

    public boolean isBanned(String app, String user) {
        return !banned.isEmpty() && banned.contains(new Key(app, user));
    }

    /** Whether {@code owner} wants nothing from {@code sender}. */
    public boolean isBlocked(String app, String owner, String sender) {
        return !blockers.isEmpty() && blockers.getOrDefault(new Key(app, sender), Set.of()).contains(owner);
    }

    /** The conversation that a message of that topic enters. */
    public Conversation conversationOf(Outgoing topic) {
        String recipient = topic.recipient();
        return Ids.isOfGroup(recipient) || group(topic.app(), recipient) != null
                ? Conversation.ofGroup(topic.app(), recipient)
                : Conversation.ofTwo(topic.app(), topic.sender(), recipient);
    }

    /** The stored group of that id, or null. */
    public Group group(String app, String id) {
        return groups.isEmpty() ? null : groups.get(new Key(app, id));
    }
}

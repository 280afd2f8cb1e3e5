package chat21.observer.protocol;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Builds the routing keys that lead into the inboxes, and those on which a back end speaks to the observer. */
public final class RoutingKeys {

    /** AMQP 0-9-1 writes a routing key as a short string: at most 255 bytes. */
    public static final int MAX_BYTES = 255;

    private RoutingKeys() {
    }

    /**
     * Where the owner of an inbox hears of something in one of its lists.
     *
     * @param list  such as {@code messages} or {@code conversations}
     * @param about the peer or group, or the peer and a message's id with a dot between them
     * @param event such as {@code clientadded}
     */
    public static String inbox(String app, String owner, String list, String about, String event) {
        return checked("apps." + app + ".users." + owner + '.' + list + '.' + about + '.' + event);
    }

    /** Where a copy of a message enters the inbox of its owner. */
    public static String clientAdded(String app, String owner, String peer) {
        return inbox(app, owner, "messages", peer, "clientadded");
    }

    /** Where the owner of a conversation hears that a message in it has changed. */
    public static String clientUpdated(String app, String owner, String peer, String messageId) {
        return inbox(app, owner, "messages", peer + '.' + messageId, "clientupdated");
    }

    /** Where the owner of a conversation hears that it was patched. */
    public static String conversationUpdated(String app, String owner, String peer) {
        return inbox(app, owner, "conversations", peer, "clientupdated");
    }

    /** Where the owner of a conversation hears that it has left the list of open ones. */
    public static String conversationDeleted(String app, String owner, String peer) {
        return inbox(app, owner, "conversations", peer, "clientdeleted");
    }

    /** Where the owner of a conversation hears that it has entered the list of archived ones. */
    public static String archivedConversationAdded(String app, String owner, String peer) {
        return inbox(app, owner, "archived_conversations", peer, "clientadded");
    }

    /** Where the owner of a conversation hears that it has left the list of archived ones. */
    public static String archivedConversationDeleted(String app, String owner, String peer) {
        return inbox(app, owner, "archived_conversations", peer, "clientdeleted");
    }

    /** Where a user hears that another one, with whom it talks, came or went. */
    public static String presenceUpdated(String app, String told, String user) {
        return inbox(app, told, "presences", user, "clientupdated");
    }

    /** Where a member hears that a group has changed. */
    public static String groupUpdated(String app, String member, String group) {
        return inbox(app, member, "groups", group, "clientupdated");
    }

    /** Where a user sends a message. */
    public static String outgoing(String app, String sender, String recipient) {
        return checked(Kind.OUTGOING.pattern(app, sender, recipient));
    }

    /** Where a user says that it types. */
    public static String typing(String app, String sender, String recipient) {
        return checked(Kind.TYPING.pattern(app, sender, recipient));
    }

    /** Where a user archives a conversation. */
    public static String archive(String app, String user, String peer) {
        return checked(Kind.ARCHIVE.pattern(app, user, peer));
    }

    /** Where a back end puts a ready message into an inbox. */
    public static String delivered(String app, String owner, String peer) {
        return checked(Kind.DELIVERED.pattern(app, owner, peer));
    }

    /** One of these keys, or null where it would pass the limit: for news that can be left out. */
    public static String ifItFits(Supplier<String> key) {
        try {
            return key.get();
        } catch (Refusal e) {
            return null;
        }
    }

    private static String checked(String key) {
        // A character takes at most three bytes (a pair four), so short keys need no counting.
        if (key.length() > MAX_BYTES / 3 && key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new Refusal(Reason.ROUTING_KEY_TOO_LONG,
                    "the routing key would pass " + MAX_BYTES + " bytes: shorten the ids");
        }
        return key;
    }
}

package chat21.observer.protocol;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import chat21.observer.protocol.Topic.Archive;
import chat21.observer.protocol.Topic.ConversationPatch;
import chat21.observer.protocol.Topic.Delivered;
import chat21.observer.protocol.Topic.GroupUpdate;
import chat21.observer.protocol.Topic.Outgoing;
import chat21.observer.protocol.Topic.Persist;
import chat21.observer.protocol.Topic.Presence;
import chat21.observer.protocol.Topic.Receipt;
import chat21.observer.protocol.Topic.Typing;

/**
 * The kinds of messages: the shape of the routing key that one comes on, who may publish it, and what it comes to. Bindings,
 * the reading of routing keys, the scopes of tokens and what the broker is answered all derive from this table.
 *
 * <p>In a shape, a word in braces stands for an id; the second of a user's own kind is the user.
 */
public enum Kind {

    /** A user sends a message to another or to a group. */
    OUTGOING("outgoing", By.USER, "apps.{app}.outgoing.users.{sender}.messages.{recipient}.outgoing",
            ids -> new Outgoing(ids[0], ids[1], ids[2])),
    /** A user reports on a message of a conversation of its own. */
    RECEIPT("receipt", By.USER, "apps.{app}.users.{user}.messages.{peer}.{message}.update",
            ids -> new Receipt(ids[0], ids[1], ids[2], ids[3])),
    /** A user patches a conversation of its own. */
    CONVERSATION_PATCH("conversation-patch", By.USER, "apps.{app}.users.{user}.conversations.{peer}.update",
            ids -> new ConversationPatch(ids[0], ids[1], ids[2])),
    /** A user archives a conversation of its own. */
    ARCHIVE("archive", By.USER, "apps.{app}.users.{user}.conversations.{peer}.archive",
            ids -> new Archive(ids[0], ids[1], ids[2])),
    /** A client of a user came or went. */
    PRESENCE("presence", By.USER, "apps.{app}.users.{user}.presence.{client}",
            ids -> new Presence(ids[0], ids[1], ids[2])),
    /** A user types, or has stopped to. */
    TYPING("typing", By.USER, "apps.{app}.outgoing.users.{sender}.typing.{recipient}.typing",
            ids -> new Typing(ids[0], ids[1], ids[2])),
    /** The back end changed a group. */
    GROUP_UPDATE("group-update", By.BACK_END, "apps.observer.{app}.groups.update", ids -> new GroupUpdate(ids[0])),
    /** The back end puts a ready message into an inbox. */
    DELIVERED("delivered", By.BACK_END, "apps.observer.{app}.users.{user}.messages.{peer}.delivered",
            ids -> new Delivered(ids[0], ids[1], ids[2])),
    /** The back end stores a message in a timeline; these come on a queue of their own. */
    PERSIST("persist", By.BACK_END, "apps.observer.{app}.users.{user}.messages.{peer}.persist",
            ids -> new Persist(ids[0], ids[1], ids[2]));

    /** Back ends speak under this name in place of an app id. */
    static final String OBSERVER = "observer";

    // By how many words they have, so that few shapes are compared.
    private static final Kind[][] BY_LENGTH = byLength();

    private final String label;
    private final By publisher;
    private final String[] shape;
    // The name of the id at each place of the shape; null where the word itself stands.
    private final String[] ids;
    private final Reading reading;
    private final String suffix;

    Kind(String label, By publisher, String shape, Reading reading) {
        this.label = label;
        this.publisher = publisher;
        this.shape = shape.split("\\.");
        this.ids = Stream.of(this.shape).map(word -> word.charAt(0) == '{' ? word.substring(1, word.length() - 1) : null)
                .toArray(String[]::new);
        this.reading = reading;
        this.suffix = suffixOf(pattern());
    }

    /** Who may publish on a kind's topics, besides back ends. */
    private enum By {
        USER, BACK_END
    }

    /** What the ids of a routing key mean. */
    @FunctionalInterface
    private interface Reading {
        Topic of(String[] ids);
    }

    /** The name that the routes, metrics and settings know it by. */
    public String label() {
        return label;
    }

    /**
     * The end of its topics, after the app and the user, by which the router tells the kinds apart, such as
     * {@code messages.*.outgoing}; {@code *} stands for an id.
     */
    public String suffix() {
        return suffix;
    }

    private static String suffixOf(String pattern) {
        return pattern.replaceFirst("^apps\\.(observer\\.)?\\*\\.(outgoing\\.)?(users\\.\\*\\.)?", "");
    }

    /** The kinds that users publish, each for itself. */
    public static Stream<Kind> ofUsers() {
        return Arrays.stream(values()).filter(kind -> kind.publisher == By.USER);
    }

    /** The pattern of all its routing keys, as a topic exchange takes it. */
    public String binding() {
        return pattern();
    }

    /** Its shape, with the names of the ids in braces. */
    public String shape() {
        return String.join(".", shape);
    }

    /** Its routing key with these ids, in the order of the shape; {@code *} stands for each id that is not given. */
    public String pattern(String... given) {
        String[] words = shape.clone();
        int next = 0;
        for (int i = 0; i < words.length; i++) {
            if (ids[i] != null) {
                words[i] = next < given.length ? given[next] : "*";
                next++;
            }
        }
        return String.join(".", words);
    }

    /** The patterns of the routing keys of what clients and back ends say, of which a queue of messages is fed. */
    public static List<String> bindingsOfMessages() {
        return Arrays.stream(values()).filter(kind -> kind != PERSIST).map(Kind::binding).toList();
    }

    /** The kind of which a routing key is, by its words; null if it has none of the known shapes. */
    static Kind of(String[] words) {
        if (words.length < BY_LENGTH.length) {
            for (Kind kind : BY_LENGTH[words.length]) {
                if (kind.fits(words)) {
                    return kind;
                }
            }
        }
        return null;
    }

    private boolean fits(String[] words) {
        for (int i = 0; i < shape.length; i++) {
            // Nobody is a user of an app that is called as the back ends are.
            if (ids[i] != null ? i == 1 && words[i].equals(OBSERVER) : !shape[i].equals(words[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the words of a routing key of this kind.
     *
     * @throws chat21.observer.protocol.Refusal if an id breaks the rule of {@link Ids}
     */
    Topic read(String[] words) {
        String[] found = new String[words.length];
        int count = 0;
        for (int i = 0; i < words.length; i++) {
            if (ids[i] != null) {
                found[count++] = Ids.check(ids[i], words[i]);
            }
        }
        return reading.of(found);
    }

    private static Kind[][] byLength() {
        int longest = Arrays.stream(values()).map(kind -> kind.shape.length).max(Comparator.naturalOrder()).orElseThrow();
        Kind[][] all = new Kind[longest + 1][];
        for (int i = 0; i <= longest; i++) {
            int length = i;
            all[i] = Arrays.stream(values()).filter(kind -> kind.shape.length == length).toArray(Kind[]::new);
        }
        return all;
    }
}

package chat21.observer.flow.store;

import java.util.Comparator;

import chat21.observer.database.Columns;
import chat21.observer.message.InboxCopy;

/**
 * A conversation as one inbox sees it. Rows are changed in the order of this key, so that two nodes never wait for each
 * other crosswise.
 *
 * @param app   the app
 * @param owner whose inbox it stands in
 * @param peer  the other user, or the group
 */
public record ConversationKey(String app, String owner, String peer) implements Comparable<ConversationKey> {

    /** For statements that take many of them. */
    public static final Columns<ConversationKey> COLUMNS = new Columns<ConversationKey>().varchar(ConversationKey::app)
            .varchar(ConversationKey::owner).varchar(ConversationKey::peer);

    private static final Comparator<ConversationKey> ORDER = Comparator.comparing(ConversationKey::app)
            .thenComparing(ConversationKey::owner).thenComparing(ConversationKey::peer);

    static ConversationKey of(InboxCopy copy) {
        return new ConversationKey(copy.message().app(), copy.owner(), copy.peer());
    }

    @Override
    public int compareTo(ConversationKey other) {
        return ORDER.compare(this, other);
    }
}

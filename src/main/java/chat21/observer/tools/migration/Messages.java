package chat21.observer.tools.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import chat21.observer.database.Columns;
import chat21.observer.database.Sql;
import chat21.observer.protocol.Status;
import chat21.observer.tools.migration.MessageRow.MessageId;
import chat21.observer.tools.migration.StoredMessages.Stored;

/** The collection {@code messages}: a document is a message in one inbox. */
final class Messages implements Destination<Messages.InboxRow> {

    private static final String INSERT_TIMELINE = Sql.named("insert-timeline");
    private static final String MERGE_TIMELINE = Sql.named("import-timeline");
    private static final int FAILED = -100;

    private static final Comparator<InboxKey> ORDER = Comparator.comparing((InboxKey k) -> k.message.app())
            .thenComparing(InboxKey::owner).thenComparing(InboxKey::peer).thenComparing(k -> k.message.id());

    private final StoredMessages messages;
    private final int maxBytes;

    /** @param maxBytes the most bytes that a message may take */
    Messages(StoredMessages messages, int maxBytes) {
        this.messages = messages;
        this.maxBytes = maxBytes;
    }

    /** A message, and how far it has come in one inbox. */
    record InboxRow(String owner, String peer, int status, MessageRow message) {
    }

    @Override
    public InboxRow read(Document document) {
        String owner = document.id("timelineOf");
        String peer = document.id("conversWith");
        int status = document.number("status", Status.DELIVERED);
        return new InboxRow(owner, peer, Math.max(FAILED, Math.min(Status.SEEN, status)),
                MessageRow.of(document, maxBytes));
    }

    @Override
    public int store(Connection connection, List<InboxRow> rows) throws SQLException {
        Map<MessageId, MessageRow> once = new LinkedHashMap<>();
        // In the order of the index, so that neighbours are written together.
        Map<InboxKey, Integer> inboxes = new TreeMap<>(ORDER);
        for (InboxRow row : rows) {
            once.putIfAbsent(row.message.id(), row.message);
            inboxes.merge(new InboxKey(row.owner, row.peer, row.message.id()), row.status, Math::max);
        }
        Map<MessageId, Stored> stored = messages.store(connection, once);
        Columns added = timeline();
        Columns known = timeline();
        inboxes.forEach((key, status) -> {
            Stored message = stored.get(key.message);
            (message.isNew() ? added : known).add(key.message.app(), key.owner, key.peer, message.time(),
                    key.message.id(), status.shortValue(), message.key());
        });
        return added.execute(connection, INSERT_TIMELINE) + known.execute(connection, MERGE_TIMELINE);
    }

    private static Columns timeline() {
        return new Columns("varchar", "varchar", "varchar", "bigint", "varchar", "smallint", "bigint");
    }

    private record InboxKey(String owner, String peer, MessageId message) {
    }
}

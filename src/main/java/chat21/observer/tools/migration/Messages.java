package chat21.observer.tools.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import chat21.observer.database.Statement;
import chat21.observer.flow.store.TimelineRow;
import chat21.observer.message.Lookups.Key;
import chat21.observer.protocol.Status;
import chat21.observer.tools.migration.StoredMessages.Stored;

/** The collection {@code messages}: a document is a message in one inbox. */
final class Messages implements Destination<Messages.InboxRow> {

    private static final Statement MERGE_TIMELINE = new Statement("import", "import-timeline");
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
    record InboxRow(String owner, String peer, int status, ExportedMessage message) {
    }

    @Override
    public InboxRow read(Document document) {
        String owner = document.id("timelineOf");
        String peer = document.id("conversWith");
        int status = document.number("status", Status.DELIVERED);
        return new InboxRow(owner, peer, Math.max(FAILED, Math.min(Status.SEEN, status)),
                ExportedMessage.of(document, maxBytes));
    }

    @Override
    public int store(Connection connection, List<InboxRow> rows) throws SQLException {
        Map<Key, ExportedMessage> once = new LinkedHashMap<>();
        // In the order of the index, so that neighbours are written together.
        Map<InboxKey, Integer> inboxes = new TreeMap<>(ORDER);
        for (InboxRow row : rows) {
            once.putIfAbsent(row.message.id(), row.message);
            inboxes.merge(new InboxKey(row.owner, row.peer, row.message.id()), row.status, Math::max);
        }
        Map<Key, Stored> stored = messages.store(connection, once);
        List<TimelineRow> added = new ArrayList<>();
        List<TimelineRow> known = new ArrayList<>();
        inboxes.forEach((key, status) -> {
            Stored message = stored.get(key.message);
            (message.isNew() ? added : known).add(new TimelineRow(key.message.app(), key.owner, key.peer, message.time(),
                    key.message.id(), status.shortValue(), message.key()));
        });
        return TimelineRow.insert(connection, added) + MERGE_TIMELINE.updateAll(connection, TimelineRow.COLUMNS, known);
    }

    private record InboxKey(String owner, String peer, Key message) {
    }
}

package chat21.observer.flow.history;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.flow.history.PageReader.Extent;
import chat21.observer.flow.history.PageReader.Listed;

/**
 * Reads the messages of an inbox, newest first. Large ones are read one by one, and only as far as there is room for them, so
 * that a page of them is never in memory as a whole before somebody has counted it.
 */
public final class MessageReads {

    private static final Statement BEFORE = new Statement("timelines", "list-messages-before");
    private static final Statement AFTER = new Statement("timelines", "list-messages-after");
    private static final Statement PAYLOAD = new Statement("messages", "find-payload");

    private final Database database;

    public MessageReads(Database database) {
        this.database = database;
    }

    /**
     * A message as it stands in one inbox.
     *
     * @param payload   its JSON without a status
     * @param status    how far it has come there
     * @param timestamp when it was sent, in ms since 1970
     * @param id        its id
     */
    public record Entry(String payload, int status, long timestamp, String id) {
    }

    // The payload is null where it is large.
    private record Row(String payload, int status, long timestamp, String id, long key) implements Listed {

        static Row read(ResultSet row) throws SQLException {
            return new Row(row.getString(1), row.getInt(2), row.getLong(3), row.getString(4), row.getLong(5));
        }

        Entry complete(Connection connection) throws SQLException {
            String whole = payload == null ? PAYLOAD.first(connection, row -> row.getString(1), key) : payload;
            return whole == null ? null : new Entry(whole, status, timestamp, id);
        }
    }

    /** One page of the messages between an owner and a peer, as far as there is room for it. */
    public Part<Entry> list(String app, String owner, String peer, Page page, PageRoom room) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        Extent extent = read(app, owner, peer, page, entry -> room.take(entry.payload.length()) && entries.add(entry));
        if (page.newer()) {
            Collections.reverse(entries);
        }
        return new Part<>(entries, extent.isLast());
    }

    /** The ids of one page. */
    public Set<String> ids(String app, String owner, String peer, Page page) throws SQLException {
        try (Connection connection = database.connection()) {
            return rows(connection, app, owner, peer, page).stream().map(Row::id).collect(Collectors.toSet());
        }
    }

    /** The page as clients read it, as far as there is room for it, with the cursor of the page after it where there may be one. */
    public byte[] json(String app, String owner, String peer, Page page, PageRoom room) throws SQLException {
        // Payloads are stored as JSON objects with at least an id, so they are completed as text instead of parsed.
        String ending = ",\"timelineOf\":\"" + quoted(owner) + "\",\"conversWith\":\"" + quoted(peer) + "\"}";
        JsonPage json = new JsonPage(room);
        return json.bytes(page, read(app, owner, peer, page, entry -> json.add(bytes(entry, ending))));
    }

    private static byte[] bytes(Entry entry, String ending) {
        return new StringBuilder(entry.payload.length() + 256).append(entry.payload, 0, entry.payload.length() - 1)
                .append(",\"status\":").append(entry.status).append(ending).toString().getBytes(StandardCharsets.UTF_8);
    }

    // What has gone meanwhile is left out.
    private Extent read(String app, String owner, String peer, Page page, Predicate<Entry> reader) throws SQLException {
        try (Connection connection = database.connection()) {
            return PageReader.read(page, part -> rows(connection, app, owner, peer, part), row -> {
                Entry entry = row.complete(connection);
                return entry == null || reader.test(entry);
            });
        }
    }

    private static List<Row> rows(Connection connection, String app, String owner, String peer, Page page) throws SQLException {
        return (page.newer() ? AFTER : BEFORE).all(connection, Row::read, app, owner, peer, page.timestamp(), page.timestamp(),
                page.id(), page.limit());
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}

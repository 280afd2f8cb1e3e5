package chat21.observer.history;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import chat21.observer.store.Database;
import chat21.observer.store.Statement;

/** Reads the messages of an inbox, newest first. */
public final class MessageReads {

    private static final Statement BEFORE = new Statement("list-messages-before");
    private static final Statement AFTER = new Statement("list-messages-after");

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

        private static Entry read(ResultSet row) throws SQLException {
            return new Entry(row.getString(1), row.getInt(2), row.getLong(3), row.getString(4));
        }
    }

    /** One page of the messages between an owner and a peer. */
    public List<Entry> list(String app, String owner, String peer, Page page) throws SQLException {
        try (Connection connection = database.connection()) {
            List<Entry> entries = (page.newer() ? AFTER : BEFORE).all(connection, Entry::read, app, owner, peer,
                    page.timestamp(), page.timestamp(), page.id(), page.limit());
            if (page.newer()) {
                Collections.reverse(entries);
            }
            return entries;
        }
    }

    /** The page as clients read it, with the cursor of the page after it where there may be one. */
    public byte[] json(String app, String owner, String peer, Page page) throws SQLException {
        List<Entry> entries = list(app, owner, peer, page);
        // Payloads are stored as JSON objects with at least an id, so they are completed as text instead of parsed.
        String ending = ",\"timelineOf\":\"" + quoted(owner) + "\",\"conversWith\":\"" + quoted(peer) + "\"}";
        StringBuilder json = new StringBuilder(1_024 + entries.size() * 1_024).append("{\"success\":true,\"result\":[");
        for (Entry entry : entries) {
            json.append(entry.payload, 0, entry.payload.length() - 1).append(",\"status\":").append(entry.status)
                    .append(ending).append(',');
        }
        if (!entries.isEmpty()) {
            json.setLength(json.length() - 1);
        }
        json.append(']');
        if (entries.size() == page.limit()) {
            Entry last = entries.get(entries.size() - 1);
            json.append(",\"next\":\"").append(quoted(Page.cursor(last.timestamp, last.id))).append('"');
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}

package chat21.observer.api.privacy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.flow.conversation.ConversationReads;
import chat21.observer.flow.history.MessageReads;
import chat21.observer.flow.history.Page;
import chat21.observer.flow.history.PageRoom;
import chat21.observer.flow.history.Part;
import chat21.observer.message.Payloads;

/** All that is kept for a user, as one JSON object a line, read part by part while it is sent. */
public final class UserExport {

    private static final Statement GROUPS = new Statement("groups", "list-groups-of-user");
    private static final Statement BLOCKS = new Statement("blocks", "list-blocks");
    private static final Statement INSTANCES = new Statement("devices", "list-instances");
    private static final Statement PEERS = new Statement("timelines", "list-peers");
    private static final int PART = 500;
    private static final int PART_BYTES = 1_048_576;

    private final Database database;
    private final Payloads payloads;
    private final ConversationReads conversations;
    private final MessageReads messages;

    public UserExport(Database database, Payloads payloads, ConversationReads conversations, MessageReads messages) {
        this.database = database;
        this.payloads = payloads;
        this.conversations = conversations;
        this.messages = messages;
    }

    /** The lines of one user: groups, blocks, devices, conversations, messages; {@code kind} tells them apart. */
    public InputStream of(String app, String user) {
        Parts parts = new Parts();
        parts.steps.add(text -> groupsAndMore(text, app, user));
        parts.steps.add(text -> conversations(parts, text, app, user, false, firstPage()));
        parts.steps.add(text -> conversations(parts, text, app, user, true, firstPage()));
        parts.steps.add(text -> peers(app, user).forEach(
                peer -> parts.steps.add(more -> messages(parts, more, app, user, peer, oldestFirst(-1, "")))));
        return new SequenceInputStream(parts);
    }

    /** Reads one part, and says what comes next. */
    private interface Step {
        void write(StringBuilder text) throws SQLException;
    }

    private static final class Parts implements Enumeration<InputStream> {
        private final Deque<Step> steps = new ArrayDeque<>();

        @Override
        public boolean hasMoreElements() {
            return !steps.isEmpty();
        }

        @Override
        public InputStream nextElement() {
            StringBuilder text = new StringBuilder();
            try {
                steps.remove().write(text);
            } catch (SQLException e) {
                throw new UncheckedIOException(new IOException(e));
            }
            return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void groupsAndMore(StringBuilder text, String app, String user) throws SQLException {
        try (Connection connection = database.connection()) {
            GROUPS.all(connection, row -> line("group").put("uid", row.getString(1)).put("name", row.getString(2))
                    .put("owner", row.getString(3)), app, user).forEach(line -> add(text, line));
            BLOCKS.all(connection, row -> line("block").put("user_id", row.getString(1)), app, user)
                    .forEach(line -> add(text, line));
            INSTANCES.all(connection, row -> line("instance").put("instance_id", row.getString(1))
                    .put("device_model", row.getString(2)).put("language", row.getString(3))
                    .put("platform", row.getString(4)).put("platform_version", row.getString(5)), app, user)
                    .forEach(line -> add(text, line));
        }
    }

    private void conversations(Parts parts, StringBuilder text, String app, String user, boolean archived, Page page)
            throws SQLException {
        Part<ObjectNode> found = conversations.page(app, user, archived, page, PageRoom.of(PART_BYTES));
        found.entries().forEach(conversation -> add(text, line("conversation").setAll(conversation)));
        if (!found.isLast() && !found.entries().isEmpty()) {
            ObjectNode last = found.entries().get(found.entries().size() - 1);
            Page next = new Page(PART, false, last.path("timestamp").longValue(), last.path("key").textValue());
            parts.steps.addFirst(more -> conversations(parts, more, app, user, archived, next));
        }
    }

    private void messages(Parts parts, StringBuilder text, String app, String user, String peer, Page page)
            throws SQLException {
        Part<MessageReads.Entry> part = messages.list(app, user, peer, page, PageRoom.of(PART_BYTES));
        List<MessageReads.Entry> found = part.entries();
        for (int i = found.size() - 1; i >= 0; i--) {
            MessageReads.Entry entry = found.get(i);
            ObjectNode line = line("message").setAll(payloads.readStored(entry.payload()));
            add(text, line.put("status", entry.status()).put("timelineOf", user).put("conversWith", peer));
        }
        if (!part.isLast() && !found.isEmpty()) {
            MessageReads.Entry newest = found.get(0);
            parts.steps.addFirst(more -> messages(parts, more, app, user, peer,
                    oldestFirst(newest.timestamp(), newest.id())));
        }
    }

    private List<String> peers(String app, String user) throws SQLException {
        return PEERS.all(database, row -> row.getString(1), app, user);
    }

    private static Page firstPage() {
        return new Page(PART, false, Long.MAX_VALUE, "");
    }

    private static Page oldestFirst(long timestamp, String id) {
        return new Page(PART, true, timestamp, id);
    }

    private ObjectNode line(String kind) {
        return payloads.newObject().put("kind", kind);
    }

    private void add(StringBuilder text, JsonNode line) {
        text.append(new String(payloads.write(line), StandardCharsets.UTF_8)).append('\n');
    }
}

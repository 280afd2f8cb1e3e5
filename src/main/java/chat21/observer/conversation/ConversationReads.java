package chat21.observer.conversation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.history.Page;
import chat21.observer.message.Payloads;
import chat21.observer.store.Database;
import chat21.observer.store.Statement;

/** Reads the conversations of an inbox, newest first. */
public final class ConversationReads {

    private static final Statement BEFORE = new Statement("list-conversations-before");
    private static final Statement AFTER = new Statement("list-conversations-after");
    private static final Statement COUNT_UNREAD = new Statement("count-unread");

    private final Database database;
    private final Payloads payloads;
    private final ConversationJson conversationJson;

    public ConversationReads(Database database, Payloads payloads, ConversationJson conversationJson) {
        this.database = database;
        this.payloads = payloads;
        this.conversationJson = conversationJson;
    }

    /**
     * One page of an owner's open or archived conversations as clients read it, with the number of messages in open
     * ones that the owner has not looked at, and the cursor of the page after it where there may be one.
     */
    public byte[] list(String app, String owner, boolean archived, Page page) throws SQLException {
        try (Connection connection = database.connection()) {
            List<ObjectNode> conversations = page(connection, app, owner, archived, page);
            ObjectNode answer = answer();
            ArrayNode result = answer.putArray("result");
            result.addAll(conversations);
            Long unread = COUNT_UNREAD.first(connection, row -> row.getLong(1), app, owner);
            answer.put("unread", unread);
            if (conversations.size() == page.limit()) {
                answer.put("next", cursor(conversations.get(conversations.size() - 1)));
            }
            return payloads.write(answer);
        }
    }

    /** One page of an owner's open or archived conversations. */
    public List<ObjectNode> page(String app, String owner, boolean archived, Page page) throws SQLException {
        try (Connection connection = database.connection()) {
            return page(connection, app, owner, archived, page);
        }
    }

    /** The cursor of a conversation. */
    public static String cursor(ObjectNode conversation) {
        return Page.cursor(conversation.path("timestamp").longValue(), conversation.path("key").textValue());
    }

    /** An owner's conversation with a peer as clients read it: a list of one, or of none if it is in the other list. */
    public byte[] one(String app, String owner, String peer, boolean archived) throws SQLException {
        try (Connection connection = database.connection()) {
            ConversationRow row = ConversationRow.find(connection, app, owner, peer);
            ObjectNode answer = answer();
            ArrayNode result = answer.putArray("result");
            if (row != null && row.archived() == archived) {
                result.add(conversationJson.write(owner, peer, row));
            }
            return payloads.write(answer);
        }
    }

    private List<ObjectNode> page(Connection connection, String app, String owner, boolean archived, Page page)
            throws SQLException {
        List<Entry> entries = (page.newer() ? AFTER : BEFORE).all(connection, Entry::read, app, owner, archived,
                page.timestamp(), page.timestamp(), page.id(), page.limit());
        if (page.newer()) {
            Collections.reverse(entries);
        }
        List<ObjectNode> conversations = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            conversations.add(conversationJson.write(owner, entry.peer, entry.complete(connection, app, owner)));
        }
        return conversations;
    }

    private record Entry(String peer, ConversationRow row) {

        static Entry read(ResultSet row) throws SQLException {
            return new Entry(row.getString(8), ConversationRow.read(row));
        }

        // A list does not find every last message that there is; a conversation that has gone meanwhile stays as it was.
        ConversationRow complete(Connection connection, String app, String owner) throws SQLException {
            ConversationRow found = row.payload() == null ? ConversationRow.find(connection, app, owner, peer) : null;
            return found == null ? row : found;
        }
    }

    private ObjectNode answer() {
        return payloads.newObject().put("success", true);
    }
}

package chat21.observer.flow.conversation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.flow.history.JsonPage;
import chat21.observer.flow.history.Page;
import chat21.observer.flow.history.PageReader;
import chat21.observer.flow.history.PageReader.Extent;
import chat21.observer.flow.history.PageReader.Listed;
import chat21.observer.flow.history.PageRoom;
import chat21.observer.flow.history.Part;
import chat21.observer.message.Payloads;

/** Reads the conversations of an inbox, newest first. */
public final class ConversationReads {

    private static final Statement BEFORE = new Statement("conversations", "list-conversations-before");
    private static final Statement AFTER = new Statement("conversations", "list-conversations-after");
    private static final Statement COUNT_UNREAD = new Statement("conversations", "count-unread");

    private final Database database;
    private final Payloads payloads;
    private final ConversationJson conversationJson;

    public ConversationReads(Database database, Payloads payloads, ConversationJson conversationJson) {
        this.database = database;
        this.payloads = payloads;
        this.conversationJson = conversationJson;
    }

    /**
     * One page of an owner's open or archived conversations as clients read it, as far as there is room for it, with the number
     * of messages in open ones that the owner has not looked at, and the cursor of the page after it where there may be one.
     */
    public byte[] list(String app, String owner, boolean archived, Page page, PageRoom room) throws SQLException {
        try (Connection connection = database.connection()) {
            JsonPage json = new JsonPage(room);
            Extent extent = read(connection, app, owner, archived, page, one -> json.add(payloads.write(one)));
            json.put("unread", COUNT_UNREAD.first(connection, row -> row.getLong(1), app, owner));
            return json.bytes(page, extent);
        }
    }

    /** One page of an owner's open or archived conversations, newest first, as far as there is room for it. */
    public Part<ObjectNode> page(String app, String owner, boolean archived, Page page, PageRoom room) throws SQLException {
        try (Connection connection = database.connection()) {
            List<ObjectNode> conversations = new ArrayList<>();
            Extent extent = read(connection, app, owner, archived, page,
                    one -> room.take(payloads.write(one).length) && conversations.add(one));
            if (page.newer()) {
                Collections.reverse(conversations);
            }
            return new Part<>(conversations, extent.isLast());
        }
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

    private Extent read(Connection connection, String app, String owner, boolean archived, Page page,
            Predicate<ObjectNode> reader) throws SQLException {
        return PageReader.read(page, part -> (page.newer() ? AFTER : BEFORE).all(connection, Entry::read, app, owner, archived,
                part.timestamp(), part.timestamp(), part.id(), part.limit()),
                entry -> reader.test(conversationJson.write(owner, entry.id, entry.complete(connection, app, owner))));
    }

    // Its id is the peer.
    private record Entry(String id, ConversationRow row) implements Listed {

        static Entry read(ResultSet row) throws SQLException {
            return new Entry(row.getString(8), ConversationRow.read(row));
        }

        @Override
        public long timestamp() {
            return row.timestamp();
        }

        // A list does not have every last message that there is; a conversation that has gone meanwhile stays as it was.
        ConversationRow complete(Connection connection, String app, String owner) throws SQLException {
            ConversationRow found = row.payload() == null ? ConversationRow.find(connection, app, owner, id) : null;
            return found == null ? row : found;
        }
    }

    private ObjectNode answer() {
        return payloads.newObject().put("success", true);
    }
}

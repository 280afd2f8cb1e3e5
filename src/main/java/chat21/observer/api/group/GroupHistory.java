package chat21.observer.api.group;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.flow.history.MessageReads;
import chat21.observer.flow.history.Page;
import chat21.observer.flow.history.PageRoom;
import chat21.observer.message.Payloads;
import chat21.observer.message.Publication;
import chat21.observer.protocol.RoutingKeys;
import chat21.observer.protocol.Status;

/** What a new member is shown of a group: its last messages, as ready messages for the member's inbox. */
final class GroupHistory {

    private static final Statement LIST_BLOCKS = new Statement("blocks", "list-blocks");

    private static final long MOST_CHARACTERS = 8_000_000;

    private final Database database;
    private final MessageReads messages;
    private final Payloads payloads;
    private final String exchange;

    GroupHistory(Database database, MessageReads messages, Payloads payloads, String exchange) {
        this.database = database;
        this.messages = messages;
        this.payloads = payloads;
        this.exchange = exchange;
    }

    /** The group's last messages, oldest first: at most 200, and no more than 8 million characters of them. */
    List<MessageReads.Entry> of(StoredGroup group) throws SQLException {
        List<MessageReads.Entry> last = messages.list(group.app(), group.id(), group.id(), Page.FIRST,
                PageRoom.of(MOST_CHARACTERS)).entries();
        Collections.reverse(last);
        return last;
    }

    /**
     * These messages for a member, without those that were hidden from it or whose sender it has blocked.
     *
     * @param unlessThere whether those are left out that stand in the member's inbox already
     */
    List<Publication> forMember(StoredGroup group, String member, List<MessageReads.Entry> last, boolean unlessThere)
            throws SQLException {
        Set<String> blocked = blockedBy(group.app(), member);
        Set<String> there = unlessThere && !last.isEmpty() ? messages.ids(group.app(), member, group.id(),
                new Page(Page.MAX_LIMIT, true, last.get(0).timestamp(), "")) : Set.of();
        List<Publication> publications = new ArrayList<>(last.size());
        for (MessageReads.Entry entry : last) {
            ObjectNode message = payloads.readStored(entry.payload());
            if (!there.contains(entry.id()) && !blocked.contains(message.path("sender").asText())
                    && !member.equals(message.path("attributes").path("hiddenFor").textValue())) {
                publications.add(Publication.json(exchange, RoutingKeys.delivered(group.app(), member, group.id()),
                        payloads.write(asHistory(message))));
            }
        }
        return publications;
    }

    private static ObjectNode asHistory(ObjectNode message) {
        message.put("__history", "true").put("status", Status.DELIVERED);
        if (!message.path("attributes").path("forcenotification").asBoolean()) {
            ObjectNode attributes = message.get("attributes") instanceof ObjectNode given ? given
                    : message.putObject("attributes");
            attributes.put("sendnotification", false);
        }
        return message;
    }

    private Set<String> blockedBy(String app, String member) throws SQLException {
        return new HashSet<>(LIST_BLOCKS.all(database, row -> row.getString(1), app, member));
    }
}

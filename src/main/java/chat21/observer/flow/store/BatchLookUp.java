package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import chat21.observer.database.Database;
import chat21.observer.database.DatabaseAway;
import chat21.observer.database.Statement;
import chat21.observer.engine.batch.Batch;
import chat21.observer.message.Delivery;
import chat21.observer.message.Group;
import chat21.observer.message.Lookups;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.Newest.Conversation;
import chat21.observer.protocol.Refusal;
import chat21.observer.protocol.Topic;
import chat21.observer.protocol.Topic.Outgoing;
import chat21.observer.protocol.Topic.Typing;

/**
 * Reads the bans, blocks, groups and newest messages that concern a batch: one query a table, whatever the number of
 * messages.
 */
public final class BatchLookUp {

    private static final Statement FIND_BANS = new Statement("blocks", "find-bans");
    private static final Statement FIND_BLOCKS = new Statement("blocks", "find-blocks");
    private static final Statement FIND_GROUPS = new Statement("groups", "find-groups");
    private static final Statement FIND_NEWEST = new Statement("conversations", "find-newest");

    private final Database database;

    public BatchLookUp(Database database) {
        this.database = database;
    }

    /** Gives each delivery what is known about its sender and recipient. */
    public Batch lookUp(Batch batch) throws SQLException {
        Set<Outgoing> topics = new LinkedHashSet<>();
        Set<Key> senders = new LinkedHashSet<>();
        Set<Key> recipients = new LinkedHashSet<>();
        for (Delivery delivery : batch.deliveries()) {
            Topic known = topic(delivery);
            if (known instanceof Outgoing topic) {
                topics.add(topic);
                senders.add(new Key(topic.app(), topic.sender()));
                recipients.add(new Key(topic.app(), topic.recipient()));
            } else if (known instanceof Typing typing) {
                senders.add(new Key(typing.app(), typing.sender()));
                recipients.add(new Key(typing.app(), typing.recipient()));
            }
        }
        if (!senders.isEmpty()) {
            try (Connection connection = database.connection()) {
                Lookups found = new Lookups(bans(connection, senders), blocks(connection, senders),
                        groups(connection, recipients));
                newest(connection, topics, found);
                batch.deliveries().forEach(d -> d.lookups(found));
            }
        }
        return batch;
    }

    /** Looks up what concerns a recipient that only now turns out to be one of a delivery. */
    public void alsoLookUp(Delivery delivery, String recipient) {
        if (!(topic(delivery) instanceof Outgoing topic)) {
            return;
        }
        Lookups found = delivery.lookups();
        try (Connection connection = database.connection()) {
            Map<Key, Group> all = new HashMap<>(found.groups());
            all.putAll(groups(connection, Set.of(new Key(topic.app(), recipient))));
            Lookups more = new Lookups(found.banned(), found.blockers(), all, found.byClientId(), found.newest());
            newest(connection, Set.of(new Outgoing(topic.app(), topic.sender(), recipient)), more);
            delivery.lookups(more);
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    // A key of no known shape is refused where the routes decide, not here.
    private static Topic topic(Delivery delivery) {
        try {
            return delivery.topic();
        } catch (Refusal e) {
            return null;
        }
    }

    private Set<Key> bans(Connection connection, Set<Key> senders) throws SQLException {
        Set<Key> banned = new HashSet<>();
        FIND_BANS.each(connection, row -> banned.add(new Key(row.getString(1), row.getString(2))),
                Key.COLUMNS.of(connection, senders));
        return banned;
    }

    private Map<Key, Set<String>> blocks(Connection connection, Set<Key> senders) throws SQLException {
        Map<Key, Set<String>> blockers = new HashMap<>();
        FIND_BLOCKS.each(connection,
                row -> blockers.computeIfAbsent(new Key(row.getString(1), row.getString(2)), k -> new HashSet<>())
                        .add(row.getString(3)), Key.COLUMNS.of(connection, senders));
        return blockers;
    }

    private Map<Key, Group> groups(Connection connection, Set<Key> recipients) throws SQLException {
        Map<Key, Set<String>> members = new HashMap<>();
        FIND_GROUPS.each(connection, row -> {
            Set<String> of = members.computeIfAbsent(new Key(row.getString(1), row.getString(2)),
                    k -> new LinkedHashSet<>());
            if (row.getString(3) != null) {
                of.add(row.getString(3));
            }
        }, Key.COLUMNS.of(connection, recipients));
        Map<Key, Group> groups = new HashMap<>();
        members.forEach((key, ids) -> groups.put(key, new Group(key.app(), key.id(), ids)));
        return groups;
    }

    // Two users' conversation has a row in each inbox; one of them may have missed a message that was blocked.
    private void newest(Connection connection, Set<Outgoing> topics, Lookups found) throws SQLException {
        Map<ConversationKey, Conversation> rows = new HashMap<>();
        for (Outgoing topic : topics) {
            Conversation conversation = found.conversationOf(topic);
            rows.put(new ConversationKey(topic.app(), conversation.one(), conversation.other()), conversation);
            rows.put(new ConversationKey(topic.app(), conversation.other(), conversation.one()), conversation);
        }
        FIND_NEWEST.each(connection, row -> found.newest().add(
                rows.get(new ConversationKey(row.getString(1), row.getString(2), row.getString(3))), row.getLong(4),
                row.getString(5)), ConversationKey.COLUMNS.of(connection, rows.keySet()));
    }
}

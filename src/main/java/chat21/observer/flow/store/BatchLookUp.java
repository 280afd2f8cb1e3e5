package chat21.observer.flow.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import chat21.observer.database.Columns;
import chat21.observer.database.Database;
import chat21.observer.database.DatabaseAway;
import chat21.observer.database.Sql;
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

    private final Database database;
    private final String findBans = Sql.named("find-bans");
    private final String findBlocks = Sql.named("find-blocks");
    private final String findGroups = Sql.named("find-groups");
    private final String findNewest = Sql.named("find-newest");

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
        query(connection, findBans, senders, rows -> banned.add(new Key(rows.getString(1), rows.getString(2))));
        return banned;
    }

    private Map<Key, Set<String>> blocks(Connection connection, Set<Key> senders) throws SQLException {
        Map<Key, Set<String>> blockers = new HashMap<>();
        query(connection, findBlocks, senders,
                rows -> blockers.computeIfAbsent(new Key(rows.getString(1), rows.getString(2)), k -> new HashSet<>())
                        .add(rows.getString(3)));
        return blockers;
    }

    private Map<Key, Group> groups(Connection connection, Set<Key> recipients) throws SQLException {
        Map<Key, Set<String>> members = new HashMap<>();
        query(connection, findGroups, recipients, rows -> {
            Set<String> of = members.computeIfAbsent(new Key(rows.getString(1), rows.getString(2)),
                    k -> new LinkedHashSet<>());
            if (rows.getString(3) != null) {
                of.add(rows.getString(3));
            }
        });
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
        Columns parameters = new Columns("varchar", "varchar", "varchar");
        rows.keySet().forEach(k -> parameters.add(k.app(), k.owner(), k.peer()));
        query(connection, findNewest, parameters, row -> found.newest().add(
                rows.get(new ConversationKey(row.getString(1), row.getString(2), row.getString(3))), row.getLong(4),
                row.getString(5)));
    }

    /** Reads one row. */
    interface Row {
        void read(ResultSet rows) throws SQLException;
    }

    /** Reads what a statement finds for these keys, whose apps and ids it takes as one array each. */
    static void query(Connection connection, String sql, Set<Key> keys, Row row) throws SQLException {
        Columns parameters = new Columns("varchar", "varchar");
        keys.forEach(k -> parameters.add(k.app(), k.id()));
        query(connection, sql, parameters, row);
    }

    private static void query(Connection connection, String sql, Columns parameters, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    row.read(rows);
                }
            }
        }
    }
}

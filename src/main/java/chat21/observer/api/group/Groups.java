package chat21.observer.api.group;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.support.service.ServiceSupport;

import chat21.observer.api.auth.Caller;
import chat21.observer.api.contact.Contacts;
import chat21.observer.api.group.GroupError.Kind;
import chat21.observer.api.group.GroupStore.Changed;
import chat21.observer.database.Database;
import chat21.observer.engine.publish.PooledPublisher;
import chat21.observer.flow.history.MessageReads;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.MessageIds;
import chat21.observer.protocol.RoutingKeys;

/**
 * Creates and changes groups. What is to be told of it is stored with the change, and told at once or, where the broker
 * does not take it or this process ends before, later: in order, and in histories once.
 */
public final class Groups extends ServiceSupport {

    private static final int MOST_WAITING = 10_000;

    private final GroupStore store;
    private final GroupNewsStore waiting;
    private final GroupAnnouncer announcer;
    private final GroupRights rights;
    private final CallLimit callLimit;
    private final GroupLimits limits;

    /**
     * Groups of a database.
     *
     * @param exchange   the exchange that clients and back ends publish to
     * @param patienceMs how long publishing may take at most
     */
    public Groups(Database database, Payloads payloads, String exchange, Contacts contacts, PooledPublisher publisher,
            GroupLimits limits, MessageIds ids, long patienceMs) {
        this(database, payloads, exchange, contacts, publisher::publish, limits, ids, patienceMs);
    }

    Groups(Database database, Payloads payloads, String exchange, Contacts contacts, GroupAnnouncer.Publisher publisher,
            GroupLimits limits, MessageIds ids, long patienceMs) {
        this.waiting = new GroupNewsStore(database, payloads, ids);
        this.store = new GroupStore(database, waiting);
        this.announcer = new GroupAnnouncer(store, waiting, new GroupStories(new GroupAnnouncements(payloads, exchange),
                new GroupHistory(database, new MessageReads(database), payloads, exchange), contacts, limits),
                publisher, patienceMs);
        this.rights = new GroupRights(database, limits);
        this.callLimit = new CallLimit(limits);
        this.limits = limits;
    }

    /** Lets meters show what waits to be told of. */
    public Groups countedBy(MeterRegistry meters) {
        Gauge.builder("chat21_group_news_waiting", this, Groups::waiting)
                .description("Changes of groups that were not told yet").register(meters);
        FunctionCounter.builder("chat21_group_news_lost_total", this, Groups::lost)
                .description("Changes of groups that could not be told").register(meters);
        return this;
    }

    // What an earlier process has left is told too.
    @Override
    protected void doStart() throws SQLException {
        announcer.start();
    }

    @Override
    protected void doStop() {
        announcer.close();
    }

    /**
     * What became of the members that a call named.
     *
     * @param group   the group with its members
     * @param refused who is no member: its id would break a topic, or it has blocked the caller
     */
    public record Members(StoredGroup group, Set<String> refused) {
    }

    /**
     * Stores a new group, and tells its members that it is there and who is in it.
     *
     * @throws chat21.observer.protocol.Refusal if nobody could write to a group of that id
     */
    public Members create(Caller caller, StoredGroup asked) throws SQLException {
        RoutingKeys.outgoing(asked.app(), GroupAnnouncements.SYSTEM, asked.id());
        rights.refuseBanned(caller, asked.app());
        if (store.find(asked.app(), asked.id()) != null) {
            throw inUse();
        }
        rights.refuseOthersHistory(caller, asked);
        rights.refuseBeyondQuota(caller, asked.app(), 1, asked.attributesSize());
        Set<String> refused = refused(caller, asked.app(), asked.id(), asked.members());
        Set<String> members = without(asked.members(), refused);
        checkSize(members);
        refuseIfTooMuchWaits();
        callLimit.admit(caller, copiesOfWelcome(members.size(), members.size(),
                rights.historySize(asked.app(), asked.id())));
        StoredGroup group = asked.withMembers(members, asked.updatedOn());
        if (!store.create(group, GroupNews.of(GroupNews.Kind.CREATED).withJoined(members, mostNamed())
                .withOwner(group.owner()))) {
            throw inUse();
        }
        announcer.tell(group.app(), group.id());
        return new Members(group, refused);
    }

    /** The group, if the caller is in it or a back end. */
    public StoredGroup read(Caller caller, String app, String id) throws SQLException {
        StoredGroup group = store.find(app, id);
        if (group == null) {
            throw unknown();
        }
        if (!caller.admin() && !group.members().contains(caller.user())) {
            throw GroupRights.notAllowed("Permission denied");
        }
        return group;
    }

    /** Adds a member, tells everybody, and shows the new one what was said before. */
    public void join(Caller caller, String app, String id, String member, long now) throws SQLException {
        GroupRights.checkReachable(app, id, member);
        boolean blocked = !rights.blockers(caller, app, Set.of(member)).isEmpty();
        int history = rights.historySize(app, id);
        change(caller, app, id, group -> {
            checkOwner(caller, group);
            if (group.members().contains(member)) {
                throw new GroupError(Kind.ALREADY_A_MEMBER, "Already a member");
            }
            if (blocked) {
                throw GroupRights.notAllowed("member_id wants nothing from this user");
            }
            Set<String> members = new LinkedHashSet<>(group.members());
            members.add(member);
            checkSize(members);
            callLimit.admit(caller, members.size() + copiesOfWelcome(1, members.size(), history));
            return group.withMembers(members, now);
        }, changed -> GroupNews.of(GroupNews.Kind.JOINED).withJoined(List.of(member), 1));
    }

    /** Replaces the members, tells the original ones, and welcomes the added ones. */
    public Members setMembers(Caller caller, String app, String id, Set<String> asked, long now) throws SQLException {
        Set<String> bad = new LinkedHashSet<>(asked);
        bad.removeIf(member -> GroupRights.isReachable(app, id, member));
        Set<String> blockers = rights.blockers(caller, app, without(asked, bad));
        Set<String> refused = new LinkedHashSet<>(bad);
        int history = rights.historySize(app, id);
        Changed changed = change(caller, app, id, group -> {
            checkOwner(caller, group);
            // Who is in the group already stays, whomever it has blocked.
            refused.addAll(without(blockers, group.members()));
            Set<String> members = without(asked, refused);
            checkSize(members);
            callLimit.admit(caller, group.members().size()
                    + copiesOfWelcome(without(members, group.members()).size(), members.size(), history));
            return group.withMembers(members, now);
        }, c -> GroupNews.of(GroupNews.Kind.MEMBERS_SET).withJoined(c.added(), mostNamed()).withRemoved(c.removed()));
        return new Members(changed.after(), refused);
    }

    /** Removes a member, and tells those who were in the group. Whoever has been a member for longest owns it then. */
    public void leave(Caller caller, String app, String id, String member, long now) throws SQLException {
        change(caller, app, id, group -> {
            if (!caller.is(member)) {
                checkOwner(caller, group);
            }
            Set<String> members = new LinkedHashSet<>(group.members());
            if (!members.remove(member) && !member.equals(group.owner())) {
                throw new GroupError(Kind.UNKNOWN, "The group has no such member");
            }
            callLimit.admit(caller, 2L * group.members().size());
            StoredGroup after = group.withMembers(members, now);
            return member.equals(group.owner()) ? after.withOwner(null) : after;
        }, changed -> GroupNews.of(GroupNews.Kind.LEFT).withRemoved(List.of(member)));
    }

    /** Gives the group another name, and another rule for what who joins is shown, where these are not null. */
    public void rename(Caller caller, String app, String id, String name, String history, long now) throws SQLException {
        GroupNews news = GroupNews.of(GroupNews.Kind.RENAMED).withDeaf(deaf(caller, app, id));
        change(caller, app, id, group -> {
            checkOwner(caller, group);
            callLimit.admit(caller, CallLimit.copies(group.members().size(), group.attributesSize()));
            StoredGroup renamed = name == null ? group : group.withName(name, now);
            return history == null ? renamed : renamed.withHistory(history, now);
        }, changed -> news);
    }

    /** Replaces the group's attributes, given as JSON. */
    public void setAttributes(Caller caller, String app, String id, String attributes, long now) throws SQLException {
        GroupNews news = GroupNews.of(GroupNews.Kind.ATTRIBUTES_SET).withDeaf(deaf(caller, app, id));
        StoredGroup before = store.find(app, id);
        if (before != null) {
            rights.refuseBeyondQuota(caller, app, 0, before.withAttributes(attributes, now).attributesSize()
                    - before.attributesSize());
        }
        change(caller, app, id, group -> {
            checkOwner(caller, group);
            StoredGroup after = group.withAttributes(attributes, now);
            callLimit.admit(caller, CallLimit.copies(group.members().size(), 2 * after.attributesSize()));
            return after;
        }, changed -> news);
    }

    /**
     * Takes a user out of all its groups, in the transaction of the caller. Nothing that is told of it names the user.
     *
     * @return the groups, to be handed to {@link #tell} once the transaction has ended
     */
    public List<String> removeUser(Connection connection, String app, String user, long now) throws SQLException {
        List<String> groups = store.groupsWith(connection, app, user);
        for (String id : groups) {
            store.change(connection, app, id, group -> {
                StoredGroup after = group.withMembers(without(group.members(), Set.of(user)), now);
                return user.equals(group.owner()) ? after.withOwner(null) : after;
            }, changed -> GroupNews.of(GroupNews.Kind.MEMBERS_SET));
        }
        waiting.forget(connection, app, user);
        return groups;
    }

    /** Tells what waits of these groups. */
    public void tell(String app, List<String> groups) throws SQLException {
        for (String group : groups) {
            announcer.tell(app, group);
        }
    }

    /** How many changes wait to be told. */
    int waiting() {
        return announcer.waiting();
    }

    /** How many changes were given up, since telling of them broke each time. */
    long lost() {
        return announcer.lost();
    }

    /** Tells what is due of all groups. */
    void tellWhatIsDue() throws SQLException {
        announcer.tellWhatIsDue();
    }

    private Changed change(Caller caller, String app, String id, GroupStore.Change change, GroupStore.News news)
            throws SQLException {
        rights.refuseBanned(caller, app);
        refuseIfTooMuchWaits();
        Changed changed = store.change(app, id, change, news);
        if (changed == null) {
            throw unknown();
        }
        announcer.tell(app, id);
        return changed;
    }

    private void refuseIfTooMuchWaits() throws SQLException {
        if (waiting.count() >= MOST_WAITING) {
            throw new GroupError(Kind.BUSY, "Too much waits to be announced; try again later.");
        }
    }

    private Set<String> refused(Caller caller, String app, String id, Set<String> members) throws SQLException {
        Set<String> refused = new LinkedHashSet<>(members);
        refused.removeIf(member -> GroupRights.isReachable(app, id, member));
        refused.addAll(rights.blockers(caller, app, without(members, refused)));
        return refused;
    }

    private Set<String> deaf(Caller caller, String app, String id) throws SQLException {
        StoredGroup group = store.find(app, id);
        return group == null ? Set.of() : rights.blockers(caller, app, group.members());
    }

    private int mostNamed() {
        return Math.max(limits.maxAnnounced(), limits.maxWelcomed());
    }

    private long copiesOfWelcome(int joined, int members, int history) {
        long announced = joined <= limits.maxAnnounced() ? joined : 1;
        long shown = joined <= limits.maxWelcomed() ? joined : 0;
        return (announced + 1) * (members + 1) + shown * history;
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new LinkedHashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private void checkSize(Set<String> members) {
        if (members.size() > limits.maxMembers()) {
            throw new GroupError(Kind.TOO_LARGE, "a group may have " + limits.maxMembers() + " members");
        }
    }

    private static void checkOwner(Caller caller, StoredGroup group) {
        if (!caller.admin() && !caller.is(group.owner())) {
            throw GroupRights.notAllowed("Only the owner of the group may do this");
        }
    }

    private static GroupError inUse() {
        return new GroupError(Kind.ID_IN_USE, "group_id is in use");
    }

    private static GroupError unknown() {
        return new GroupError(Kind.UNKNOWN, "Group doesn't exist");
    }
}

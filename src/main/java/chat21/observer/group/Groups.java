package chat21.observer.group;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import chat21.observer.auth.Caller;
import chat21.observer.contact.Contacts;
import chat21.observer.group.GroupError.Kind;
import chat21.observer.group.GroupStore.Changed;
import chat21.observer.history.MessageReads;
import chat21.observer.message.Payloads;
import chat21.observer.publish.PooledPublisher;
import chat21.observer.publish.Publication;
import chat21.observer.store.Database;

/** Creates and changes groups: stored first, then announced to whom it concerns. */
public final class Groups {

    private static final int PUBLISHED_AT_ONCE = 1_000;

    private final GroupStore store;
    private final GroupNews news;
    private final PooledPublisher publisher;
    private final GroupLimits limits;

    /** @param exchange the exchange that clients and back ends publish to */
    public Groups(Database database, Payloads payloads, String exchange, Contacts contacts, PooledPublisher publisher,
            GroupLimits limits) {
        this.store = new GroupStore(database);
        this.news = new GroupNews(new GroupAnnouncements(payloads, exchange),
                new GroupHistory(database, new MessageReads(database), payloads, exchange), contacts,
                limits.maxAnnounced());
        this.publisher = publisher;
        this.limits = limits;
    }

    /** Stores a new group, and tells its members that it is there and who is in it. */
    public void create(StoredGroup group) throws SQLException, IOException, InterruptedException {
        checkSize(group.members());
        if (!store.create(group)) {
            throw new GroupError(Kind.ID_IN_USE, "group_id is in use");
        }
        publish(news.ofNew(group));
    }

    /** The group, if the caller is in it or a back end. */
    public StoredGroup read(Caller caller, String app, String id) throws SQLException {
        StoredGroup group = store.find(app, id);
        if (group == null) {
            throw unknown();
        }
        if (!caller.admin() && !group.members().contains(caller.user())) {
            throw new GroupError(Kind.NOT_ALLOWED, "Permission denied");
        }
        return group;
    }

    /** Adds a member, tells everybody, and shows the new one what was said before. */
    public void join(Caller caller, String app, String id, String member, long now)
            throws SQLException, IOException, InterruptedException {
        Changed changed = change(app, id, group -> {
            checkOwner(caller, group);
            if (group.members().contains(member)) {
                throw new GroupError(Kind.ALREADY_A_MEMBER, "Already a member");
            }
            Set<String> members = new LinkedHashSet<>(group.members());
            members.add(member);
            return group.withMembers(members, now);
        });
        publish(news.ofJoined(changed.after(), member));
    }

    /** Replaces the members, tells the original ones, and welcomes the added ones. */
    public void setMembers(Caller caller, String app, String id, Set<String> members, long now)
            throws SQLException, IOException, InterruptedException {
        checkSize(members);
        Changed changed = change(app, id, group -> {
            checkOwner(caller, group);
            return group.withMembers(members, now);
        });
        publish(news.ofMembersSet(changed));
    }

    /** Removes a member, and tells those who were in the group. */
    public void leave(Caller caller, String app, String id, String member, long now)
            throws SQLException, IOException, InterruptedException {
        Changed changed = change(app, id, group -> {
            if (!caller.is(member)) {
                checkOwner(caller, group);
            }
            Set<String> members = new LinkedHashSet<>(group.members());
            if (!members.remove(member)) {
                throw new GroupError(Kind.UNKNOWN, "The group has no such member");
            }
            return group.withMembers(members, now);
        });
        publish(news.ofLeft(changed, member));
    }

    /** Gives the group another name. */
    public void rename(Caller caller, String app, String id, String name, long now)
            throws SQLException, IOException, InterruptedException {
        StoredGroup group = change(app, id, g -> {
            checkOwner(caller, g);
            return g.withName(name, now);
        }).after();
        publish(news.ofRenamed(group));
    }

    /** Replaces the group's attributes, given as JSON. */
    public void setAttributes(Caller caller, String app, String id, String attributes, long now)
            throws SQLException, IOException, InterruptedException {
        StoredGroup group = change(app, id, g -> {
            checkOwner(caller, g);
            return g.withAttributes(attributes, now);
        }).after();
        publish(news.ofAttributesSet(group));
    }

    private Changed change(String app, String id, UnaryOperator<StoredGroup> change) throws SQLException {
        Changed changed = store.change(app, id, change);
        if (changed == null) {
            throw unknown();
        }
        return changed;
    }

    private void publish(List<Publication> all) throws IOException, InterruptedException {
        for (int i = 0; i < all.size(); i += PUBLISHED_AT_ONCE) {
            publisher.publish(all.subList(i, Math.min(i + PUBLISHED_AT_ONCE, all.size())));
        }
    }

    private void checkSize(Set<String> members) {
        if (members.size() > limits.maxMembers()) {
            throw new GroupError(Kind.TOO_LARGE, "a group may have " + limits.maxMembers() + " members");
        }
    }

    private static void checkOwner(Caller caller, StoredGroup group) {
        if (!caller.admin() && !caller.is(group.owner())) {
            throw new GroupError(Kind.NOT_ALLOWED, "Only the owner of the group may do this");
        }
    }

    private static GroupError unknown() {
        return new GroupError(Kind.UNKNOWN, "Group doesn't exist");
    }
}

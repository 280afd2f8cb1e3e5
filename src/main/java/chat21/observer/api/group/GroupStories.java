package chat21.observer.api.group;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.api.contact.Contact;
import chat21.observer.api.contact.Contacts;
import chat21.observer.api.group.GroupNews.Kind;
import chat21.observer.flow.history.MessageReads;
import chat21.observer.message.Publication;

/** What is published after a change of a group, and in which order: protocol section 8, end. */
final class GroupStories {

    private final GroupAnnouncements announcements;
    private final GroupHistory history;
    private final Contacts contacts;
    private final GroupLimits limits;

    GroupStories(GroupAnnouncements announcements, GroupHistory history, Contacts contacts, GroupLimits limits) {
        this.announcements = announcements;
        this.history = history;
        this.contacts = contacts;
        this.limits = limits;
    }

    /** Takes what is to be published, part by part. */
    interface Out {
        /** What the flow stores and delivers, and must have. */
        void publish(List<Publication> publications) throws IOException, InterruptedException, SQLException;

        /** What goes straight to members, who can read it too: a queue that is full holds up nothing. */
        void inform(List<Publication> publications) throws IOException, InterruptedException, SQLException;
    }

    /**
     * Tells of a change.
     *
     * @param group as it is now, which may be after later changes
     * @param id    of these news; messages told under it once are not stored again
     */
    void tell(StoredGroup group, String id, GroupNews news, Out out)
            throws SQLException, IOException, InterruptedException {
        // What was said before is read before the news become part of it.
        boolean isShown = !news.joined().isEmpty() && news.joinedIn() <= limits.maxWelcomed() && group.showsHistory();
        List<MessageReads.Entry> before = isShown ? history.of(group) : List.of();
        Map<String, Contact> called = contacts.of(named(news));
        List<Publication> messages = messages(group, id, news, called);
        if (news.kind() != Kind.CREATED) {
            out.inform(announcements.update(group, label(group, news, called), told(group, news)));
        }
        out.publish(messages);
        for (String member : before.isEmpty() ? List.<String>of() : news.joined()) {
            out.publish(history.forMember(group, member, before, news.kind() == Kind.CREATED));
        }
    }

    private Set<String> named(GroupNews news) {
        Set<String> named = new LinkedHashSet<>();
        if (news.joinedIn() <= limits.maxAnnounced()) {
            named.addAll(news.joined());
        }
        if (news.owner() != null && news.kind() != Kind.CREATED) {
            named.add(news.owner());
        }
        return named;
    }

    private static Set<String> told(StoredGroup group, GroupNews news) {
        Set<String> told = new LinkedHashSet<>(group.members());
        if (news.kind() == Kind.MEMBERS_SET) {
            // Those that were there before; who was added hears by a message.
            news.joined().forEach(told::remove);
        }
        told.addAll(news.removed());
        news.deaf().forEach(told::remove);
        return told;
    }

    private ObjectNode label(StoredGroup group, GroupNews news, Map<String, Contact> called) {
        return switch (news.kind()) {
            case JOINED -> joined(news.joined().get(0), called);
            case LEFT -> announcements.left(news.removed().get(0));
            case RENAMED -> announcements.renamed(group);
            case ATTRIBUTES_SET -> announcements.attributesSet(group);
            case CREATED, MEMBERS_SET -> null;
        };
    }

    private List<Publication> messages(StoredGroup group, String id, GroupNews news, Map<String, Contact> called) {
        List<Publication> messages = new ArrayList<>();
        Said said = (text, label) -> messages.add(announcements.message(group, id + "-" + messages.size(), text, label));
        boolean isNew = news.kind() == Kind.CREATED;
        if (isNew) {
            said.add("Group created", announcements.created(news.owner()));
        }
        if (news.joinedIn() > limits.maxAnnounced()) {
            // One for each would be a message to all for each of them: a thousand who join at once, a million copies.
            said.add(news.joinedIn() + (isNew ? " members joined group on creation" : " members added to group"),
                    announcements.manyJoined(news.joinedIn()));
        } else {
            news.joined().forEach(member -> said.add(
                    called.get(member).fullname() + (isNew ? " joined group on creation" : " added to group"),
                    joined(member, called)));
        }
        if (news.kind() == Kind.LEFT) {
            said.add(news.removed().get(0) + " removed from group", announcements.left(news.removed().get(0)));
        }
        if (!isNew && news.owner() != null) {
            said.add(called.get(news.owner()).fullname() + " owns the group now",
                    announcements.owned(news.owner(), called.get(news.owner())));
        }
        return messages;
    }

    private ObjectNode joined(String member, Map<String, Contact> called) {
        return announcements.joined(member, called.getOrDefault(member, Contact.nameless(member)));
    }

    private interface Said {
        void add(String text, ObjectNode label);
    }
}

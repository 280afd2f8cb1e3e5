package chat21.observer.group;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.contact.Contact;
import chat21.observer.contact.Contacts;
import chat21.observer.group.GroupStore.Changed;
import chat21.observer.history.MessageReads;
import chat21.observer.publish.Publication;

/** What is published after a change of a group, and in which order. */
final class GroupNews {

    private final GroupAnnouncements announcements;
    private final GroupHistory history;
    private final Contacts contacts;
    private final int maxAnnounced;

    /** @param maxAnnounced the most members that join at once and are announced one by one */
    GroupNews(GroupAnnouncements announcements, GroupHistory history, Contacts contacts, int maxAnnounced) {
        this.announcements = announcements;
        this.history = history;
        this.contacts = contacts;
        this.maxAnnounced = maxAnnounced;
    }

    List<Publication> ofNew(StoredGroup group) {
        List<Publication> news = new ArrayList<>();
        news.add(announcements.message(group, "Group created", announcements.created(group)));
        eachJoined(group.members(), (member, contact) -> news.add(announcements.message(group,
                contact.fullname() + " joined group on creation", announcements.joined(member, contact))));
        return news;
    }

    List<Publication> ofJoined(StoredGroup group, String member) throws SQLException {
        ObjectNode label = announcements.joined(member, contacts.of(List.of(member)).get(member));
        List<Publication> news = new ArrayList<>(announcements.update(group, label, group.members()));
        news.addAll(welcome(group, List.of(member)));
        return news;
    }

    List<Publication> ofMembersSet(Changed changed) throws SQLException {
        List<Publication> news =
                new ArrayList<>(announcements.update(changed.after(), null, changed.before().members()));
        news.addAll(welcome(changed.after(), changed.added()));
        return news;
    }

    List<Publication> ofLeft(Changed changed, String member) {
        ObjectNode label = announcements.left(member);
        List<Publication> news =
                new ArrayList<>(announcements.update(changed.after(), label, changed.before().members()));
        news.add(announcements.message(changed.after(), member + " removed from group", label));
        return news;
    }

    List<Publication> ofRenamed(StoredGroup group) {
        return announcements.update(group, announcements.renamed(group), group.members());
    }

    List<Publication> ofAttributesSet(StoredGroup group) {
        return announcements.update(group, announcements.attributesSet(group), group.members());
    }

    // What was said before is read before the news that somebody joined becomes part of it.
    private List<Publication> welcome(StoredGroup group, List<String> joined) throws SQLException {
        List<MessageReads.Entry> last = joined.isEmpty() ? List.of() : history.of(group);
        List<Publication> news = new ArrayList<>();
        List<String> welcomed = new ArrayList<>();
        eachJoined(joined, (member, contact) -> {
            news.add(announcements.message(group, contact.fullname() + " added to group",
                    announcements.joined(member, contact)));
            welcomed.add(member);
        });
        for (String member : welcomed) {
            news.addAll(history.forMember(group, member, last));
        }
        return news;
    }

    // Each of these is a message to all: a thousand who join at once would make a million copies.
    private void eachJoined(Collection<String> members, BiConsumer<String, Contact> action) {
        if (members.size() <= maxAnnounced) {
            Map<String, Contact> called = contacts.of(members);
            members.forEach(member -> action.accept(member, called.get(member)));
        }
    }
}

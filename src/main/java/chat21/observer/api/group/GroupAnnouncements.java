package chat21.observer.api.group;

import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.api.contact.Contact;
import chat21.observer.message.Payloads;
import chat21.observer.message.Publication;
import chat21.observer.protocol.RoutingKeys;

/** What members hear of a change: messages from the sender {@code system}, and group updates. Protocol section 8, end. */
final class GroupAnnouncements {

    static final String SYSTEM = "system";

    private final Payloads payloads;
    private final String exchange;

    GroupAnnouncements(Payloads payloads, String exchange) {
        this.payloads = payloads;
        this.exchange = exchange;
    }

    ObjectNode created(String creator) {
        ObjectNode label = label("GROUP_CREATED");
        parameters(label).put("creator", creator);
        return label;
    }

    ObjectNode joined(String member, Contact contact) {
        ObjectNode label = label("MEMBER_JOINED_GROUP");
        parameters(label).put("member_id", member).put("fullname", contact.fullname())
                .put("firstname", contact.firstname()).put("lastname", contact.lastname());
        return label;
    }

    /** Of members that join together and are too many to be named. Clients that do not know this label show the text. */
    ObjectNode manyJoined(int members) {
        ObjectNode label = label("MEMBERS_JOINED_GROUP");
        parameters(label).put("count", members);
        return label;
    }

    /** Of a member that owns the group from now on. */
    ObjectNode owned(String owner, Contact contact) {
        ObjectNode label = label("OWNER_CHANGED_GROUP");
        parameters(label).put("owner", owner).put("fullname", contact.fullname());
        return label;
    }

    ObjectNode left(String member) {
        ObjectNode label = label("MEMBER_LEFT_GROUP");
        parameters(label).put("member_id", member);
        return label;
    }

    ObjectNode renamed(StoredGroup group) {
        ObjectNode label = label("DATA_UPDATED_GROUP");
        parameters(label).put("group_name", group.name());
        return label;
    }

    ObjectNode attributesSet(StoredGroup group) {
        ObjectNode label = label("ATTRIBUTES_UPDATED_GROUP");
        parameters(label).set("attributes",
                group.attributes() == null ? null : payloads.readStored(group.attributes()));
        return label;
    }

    /**
     * A message from the system to the group.
     *
     * @param id by which it is known if it is told once more
     */
    Publication message(StoredGroup group, String id, String text, ObjectNode label) {
        ObjectNode message = payloads.newObject().put("type", "text").put("text", text).put("channel_type", "group")
                .put("sender_fullname", "System").put("recipient_fullname", group.name())
                .put("client_message_id", id);
        message.putObject("attributes").put("subtype", "info").put("updateconversation", true)
                .set("messagelabel", label);
        return Publication.json(exchange, RoutingKeys.outgoing(group.app(), SYSTEM, group.id()),
                payloads.write(message));
    }

    /**
     * The news that a group has changed.
     *
     * @param label what has happened, or null
     * @param told  who hears of it
     */
    List<Publication> update(StoredGroup group, ObjectNode label, Collection<String> told) {
        ObjectNode json = group.json(payloads);
        if (label != null) {
            json.putObject("notification").set("messagelabel", label);
        }
        // Straight to the members: what a group may hold is more than the flow takes in one message.
        byte[] body = payloads.write(json);
        return told.stream().map(member -> Publication.json(exchange,
                RoutingKeys.groupUpdated(group.app(), member, group.id()), body)).toList();
    }

    private ObjectNode label(String key) {
        ObjectNode label = payloads.newObject().put("key", key);
        label.putObject("parameters");
        return label;
    }

    private static ObjectNode parameters(ObjectNode label) {
        return (ObjectNode) label.get("parameters");
    }
}

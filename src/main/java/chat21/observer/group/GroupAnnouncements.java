package chat21.observer.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.contact.Contact;
import chat21.observer.message.Payloads;
import chat21.observer.publish.Publication;
import chat21.observer.topic.RoutingKeys;

/** What members hear of a change: messages from the sender {@code system}, and group updates. Protocol section 8, end. */
final class GroupAnnouncements {

    private static final String SYSTEM = "system";
    // The group itself is in each update; this keeps the update of a group of thousands within the flow's limits.
    private static final int TOLD_AT_ONCE = 500;

    private final Payloads payloads;
    private final String exchange;

    GroupAnnouncements(Payloads payloads, String exchange) {
        this.payloads = payloads;
        this.exchange = exchange;
    }

    ObjectNode created(StoredGroup group) {
        ObjectNode label = label("GROUP_CREATED");
        parameters(label).put("creator", group.owner());
        return label;
    }

    ObjectNode joined(String member, Contact contact) {
        ObjectNode label = label("MEMBER_JOINED_GROUP");
        parameters(label).put("member_id", member).put("fullname", contact.fullname())
                .put("firstname", contact.firstname()).put("lastname", contact.lastname());
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
        parameters(label).set("attributes", payloads.readStored(group.attributes()));
        return label;
    }

    /** A message from the system to the group. */
    Publication message(StoredGroup group, String text, ObjectNode label) {
        ObjectNode message = payloads.newObject().put("type", "text").put("text", text).put("channel_type", "group")
                .put("sender_fullname", "System").put("recipient_fullname", group.name());
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
        List<Publication> updates = new ArrayList<>();
        List<String> all = List.copyOf(told);
        for (int i = 0; i < all.size(); i += TOLD_AT_ONCE) {
            ObjectNode update = payloads.newObject();
            update.set("group", json);
            ObjectNode notifyTo = update.putObject("notify_to");
            all.subList(i, Math.min(i + TOLD_AT_ONCE, all.size())).forEach(member -> notifyTo.put(member, 1));
            updates.add(Publication.json(exchange, RoutingKeys.groupUpdate(group.app()), payloads.write(update)));
        }
        return updates;
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

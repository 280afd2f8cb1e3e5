package chat21.observer.api.group;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Payloads;

/**
 * A group as back ends and clients see it.
 *
 * @param app        the app it lives in
 * @param id         its id, which is also the recipient of its messages
 * @param name       its name
 * @param owner      who may change it, beside back ends; null if only these may
 * @param members    the ids of its members, in order
 * @param attributes what apps keep with it, as JSON, or null
 * @param history    what members that join are shown of what was said before: {@code all} or {@code none}
 * @param createdOn  in ms since 1970
 * @param updatedOn  in ms since 1970
 */
public record StoredGroup(String app, String id, String name, String owner, Set<String> members, String attributes,
        String history, long createdOn, long updatedOn) {

    /** All that was said last is shown to who joins. */
    public static final String ALL = "all";
    /** Who joins sees what is said from then on. */
    public static final String NONE = "none";

    /** The group as JSON, with the field names of protocol section 4. */
    public ObjectNode json(Payloads payloads) {
        ObjectNode json = payloads.newObject().put("uid", id).put("appId", app).put("name", name).put("owner", owner);
        ObjectNode ids = json.putObject("members");
        members.forEach(member -> ids.put(member, 1));
        if (attributes != null) {
            json.set("attributes", payloads.readStored(attributes));
        }
        return json.put("history", history).put("createdOn", createdOn).put("updatedOn", updatedOn);
    }

    boolean showsHistory() {
        return !NONE.equals(history);
    }

    /** How many bytes the attributes take. */
    int attributesSize() {
        return attributes == null ? 0 : attributes.getBytes(StandardCharsets.UTF_8).length;
    }

    StoredGroup withMembers(Set<String> others, long now) {
        return new StoredGroup(app, id, name, owner, others, attributes, history, createdOn, now);
    }

    StoredGroup withName(String other, long now) {
        return new StoredGroup(app, id, other, owner, members, attributes, history, createdOn, now);
    }

    StoredGroup withHistory(String other, long now) {
        return new StoredGroup(app, id, name, owner, members, attributes, other, createdOn, now);
    }

    StoredGroup withAttributes(String json, long now) {
        return new StoredGroup(app, id, name, owner, members, json, history, createdOn, now);
    }

    StoredGroup withOwner(String other) {
        return new StoredGroup(app, id, name, other, members, attributes, history, createdOn, updatedOn);
    }
}

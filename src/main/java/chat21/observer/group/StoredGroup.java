package chat21.observer.group;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Payloads;

/**
 * A group as back ends and clients see it.
 *
 * @param app        the app it lives in
 * @param id         its id, which is also the recipient of its messages
 * @param name       its name
 * @param owner      who may change it, beside back ends
 * @param members    the ids of its members, in order
 * @param attributes what apps keep with it, as JSON, or null
 * @param createdOn  in ms since 1970
 * @param updatedOn  in ms since 1970
 */
public record StoredGroup(String app, String id, String name, String owner, Set<String> members, String attributes,
        long createdOn, long updatedOn) {

    /** The group as JSON, with the field names of protocol section 4. */
    public ObjectNode json(Payloads payloads) {
        ObjectNode json = payloads.newObject().put("uid", id).put("appId", app).put("name", name).put("owner", owner);
        ObjectNode ids = json.putObject("members");
        members.forEach(member -> ids.put(member, 1));
        if (attributes != null) {
            json.set("attributes", payloads.readStored(attributes));
        }
        return json.put("createdOn", createdOn).put("updatedOn", updatedOn);
    }

    StoredGroup withMembers(Set<String> others, long now) {
        return new StoredGroup(app, id, name, owner, others, attributes, createdOn, now);
    }

    StoredGroup withName(String other, long now) {
        return new StoredGroup(app, id, other, owner, members, attributes, createdOn, now);
    }

    StoredGroup withAttributes(String json, long now) {
        return new StoredGroup(app, id, name, owner, members, json, createdOn, now);
    }
}

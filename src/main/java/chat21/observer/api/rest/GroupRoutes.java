package chat21.observer.api.rest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.api.group.Groups;
import chat21.observer.api.group.StoredGroup;
import chat21.observer.message.Given;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.MessageIds;

/** Groups: who is in them and what they are called. */
final class GroupRoutes extends ApiRoutes {

    private static final String GROUP_SIGN = "group-";

    private static final int MAX_ATTRIBUTES = 262_144;

    private final Groups groups;
    private final MessageIds clock;

    GroupRoutes(TokenCheck tokens, Payloads payloads, Groups groups, MessageIds clock) {
        super(tokens, payloads);
        this.groups = groups;
        this.clock = clock;
    }

    @Override
    void describe() {
        post("/api/{app}/groups", "create-group", "Creates a group.", this::create);
        get("/api/{app}/groups/{group}", "get-group", "Gives a group to its members.", this::read);
        post("/api/{app}/groups/{group}/members", "join-group", "Adds a member to a group.", this::join);
        put("/api/{app}/groups/{group}/members", "set-group-members", "Replaces the members of a group.",
                this::setMembers);
        delete("/api/{app}/groups/{group}/members/{member}", "leave-group", "Removes a member from a group.",
                this::leave);
        put("/api/{app}/groups/{group}", "rename-group", "Gives a group another name.", this::rename);
        put("/api/{app}/groups/{group}/attributes", "set-group-attributes", "Replaces the attributes of a group.",
                this::setAttributes);
    }

    private Answer create(Request request) throws Exception {
        ObjectNode body = request.inOwnApp().json();
        boolean admin = request.caller().admin();
        String name = Fields.text(body, "group_name", 1_024, "group_name not present!");
        Set<String> members = members(body, "group_members", "group_members not present!");
        String id = Fields.id(body, "group_id");
        if (id == null) {
            id = GROUP_SIGN + UUID.randomUUID();
        } else if (!admin && !id.contains(GROUP_SIGN)) {
            // A group with the id of a user would take in what is sent to that user.
            throw RestError.bad("group_id must hold " + GROUP_SIGN);
        }
        String owner = admin ? Fields.id(body, "group_owner") : null;
        if (!admin) {
            members.add(request.caller().user());
        }
        String history = history(body);
        long now = clock.now();
        StoredGroup group = new StoredGroup(request.app(), id, name, owner == null ? request.caller().user() : owner,
                members, attributes(request, body), history == null ? StoredGroup.ALL : history, now, now);
        Groups.Members created = groups.create(request.caller(), group);
        return request.success(201, answer -> {
            answer.set("group", created.group().json(request.payloads()));
            addRefused(answer, created);
        });
    }

    private static void addRefused(ObjectNode answer, Groups.Members members) {
        if (!members.refused().isEmpty()) {
            members.refused().forEach(answer.putArray("refused_members")::add);
        }
    }

    private Answer read(Request request) throws Exception {
        StoredGroup group = groups.read(request.inOwnApp().caller(), request.app(), request.id("group"));
        return request.success(200, answer -> answer.set("result", group.json(request.payloads())));
    }

    private Answer join(Request request) throws Exception {
        String member = Fields.id(request.inOwnApp().json(), "member_id");
        if (member == null) {
            throw new RestError(405, "member_id is mandatory!");
        }
        groups.join(request.caller(), request.app(), request.id("group"), member, clock.now());
        return Answer.success(200);
    }

    private Answer setMembers(Request request) throws Exception {
        Set<String> members = members(request.inOwnApp().json(), "members", "members is mandatory");
        Groups.Members set =
                groups.setMembers(request.caller(), request.app(), request.id("group"), members, clock.now());
        return request.success(200, answer -> addRefused(answer, set));
    }

    private Answer leave(Request request) throws Exception {
        groups.leave(request.inOwnApp().caller(), request.app(), request.id("group"), request.id("member"),
                clock.now());
        return Answer.success(200);
    }

    private Answer rename(Request request) throws Exception {
        ObjectNode body = request.inOwnApp().json();
        String history = history(body);
        String name = history != null && Given.isAbsent(body.path("group_name")) ? null
                : Fields.text(body, "group_name", 1_024, "group_name is mandatory");
        groups.rename(request.caller(), request.app(), request.id("group"), name, history, clock.now());
        return Answer.success(200);
    }

    private Answer setAttributes(Request request) throws Exception {
        ObjectNode body = request.inOwnApp().json();
        if (isMissing(body.path("attributes"))) {
            throw new RestError(405, "attributes is mandatory");
        }
        groups.setAttributes(request.caller(), request.app(), request.id("group"), attributes(request, body), clock.now());
        return Answer.success(200);
    }

    private static String history(ObjectNode body) {
        String history = Fields.text(body, "history", 16);
        if (history != null && !Set.of(StoredGroup.ALL, StoredGroup.NONE).contains(history)) {
            throw RestError.bad("history must be " + StoredGroup.ALL + " or " + StoredGroup.NONE);
        }
        return history;
    }

    // Ids that cannot be members are told from the others later, where the group is known.
    private static Set<String> members(ObjectNode body, String field, String ifMissing) {
        JsonNode members = body.path(field);
        if (isMissing(members)) {
            throw new RestError(405, ifMissing);
        }
        if (!members.isObject() && !(members.isArray() && members.isEmpty())) {
            throw RestError.bad(field + " must be an object whose names are user ids");
        }
        Set<String> ids = new LinkedHashSet<>();
        members.fieldNames().forEachRemaining(ids::add);
        return ids;
    }

    // An empty list is how PHP writes an empty object, which is one.
    private static boolean isMissing(JsonNode value) {
        return Given.isAbsent(value) && !value.isArray();
    }

    private static String attributes(Request request, ObjectNode body) {
        ObjectNode attributes = Given.object(body, "attributes");
        if (attributes == null) {
            return isMissing(body.path("attributes")) ? null : "{}";
        }
        byte[] json = request.payloads().write(attributes);
        if (json.length > MAX_ATTRIBUTES) {
            throw new RestError(413, "attributes may have " + MAX_ATTRIBUTES + " bytes");
        }
        return new String(json, StandardCharsets.UTF_8);
    }
}

package chat21.observer.api.rest;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.flow.presence.PresenceReads;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Ids;

/** Who is online. */
final class PresenceRoutes extends ApiRoutes {

    private static final int MAX_USERS = 200;

    private final PresenceReads presences;

    /** @param presences what is recorded; null where nothing is */
    PresenceRoutes(TokenCheck tokens, Payloads payloads, PresenceReads presences) {
        super(tokens, payloads);
        this.presences = presences;
    }

    @Override
    void describe() {
        get("/api/{app}/presence", "list-presences", "Says which users are online.", this::list);
    }

    private Answer list(Request request) throws Exception {
        Set<String> users = users(request.inOwnApp());
        if (presences == null) {
            throw RestError.notFound("Presence is not recorded here: PRESENCE_ENABLED is off.");
        }
        List<PresenceReads.Presence> found =
                presences.of(request.app(), request.caller().user(), request.caller().admin(), users);
        return request.success(200, answer -> {
            ArrayNode result = answer.putArray("result");
            found.forEach(one -> result.addObject().put("user_id", one.user()).put("online", one.online())
                    .put("last_seen", one.lastSeen()));
        });
    }

    private static Set<String> users(Request request) {
        Set<String> users = new LinkedHashSet<>();
        Arrays.stream(request.query().getOrDefault("users", "").split(",")).map(String::strip)
                .filter(user -> !user.isEmpty()).forEach(user -> users.add(Ids.check("users", user)));
        if (users.isEmpty() || users.size() > MAX_USERS) {
            throw RestError.bad("users must be a list of 1 to " + MAX_USERS + " ids with commas between");
        }
        return users;
    }
}

package chat21.observer.api.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Payloads;

/**
 * What is to be told of one change of a group, as it is stored with the change.
 *
 * @param kind     what has changed
 * @param joined   who joined with it, as far as they are few enough to be shown what was said before
 * @param joinedIn how many joined in all
 * @param removed  who left with it
 * @param deaf     members that hear nothing of it, since they have blocked who did it
 * @param owner    who owns the group from now on, if that has changed or the group is new, else null
 */
record GroupNews(Kind kind, List<String> joined, int joinedIn, List<String> removed, List<String> deaf, String owner) {

    /** What has changed: each kind has its own announcements. */
    enum Kind {
        CREATED, JOINED, MEMBERS_SET, LEFT, RENAMED, ATTRIBUTES_SET
    }

    static GroupNews of(Kind kind) {
        return new GroupNews(kind, List.of(), 0, List.of(), List.of(), null);
    }

    /** @param most how many are shown what was said before */
    GroupNews withJoined(Collection<String> members, int most) {
        return new GroupNews(kind, members.size() <= most ? List.copyOf(members) : List.of(), members.size(), removed, deaf,
                owner);
    }

    GroupNews withRemoved(Collection<String> members) {
        return new GroupNews(kind, joined, joinedIn, List.copyOf(members), deaf, owner);
    }

    GroupNews withDeaf(Collection<String> members) {
        return new GroupNews(kind, joined, joinedIn, removed, List.copyOf(members), owner);
    }

    GroupNews withOwner(String newOwner) {
        return new GroupNews(kind, joined, joinedIn, removed, deaf, newOwner);
    }

    /** These news with nothing that names a user who is deleted; where nothing else is left, that the group has changed. */
    GroupNews without(String user) {
        List<String> others = less(joined, user);
        int in = joinedIn - (joined.size() - others.size());
        List<String> gone = less(removed, user);
        boolean isAboutUser = kind == Kind.CREATED && user.equals(owner) || kind == Kind.JOINED && in == 0
                || kind == Kind.LEFT && gone.isEmpty();
        return new GroupNews(isAboutUser ? Kind.MEMBERS_SET : kind, others, in, gone, less(deaf, user),
                user.equals(owner) ? null : owner);
    }

    private static List<String> less(List<String> ids, String id) {
        return ids.stream().filter(other -> !other.equals(id)).toList();
    }

    String json(Payloads payloads) {
        ObjectNode json = payloads.newObject().put("kind", kind.name()).put("joinedIn", joinedIn).put("owner", owner);
        joined.forEach(json.putArray("joined")::add);
        removed.forEach(json.putArray("removed")::add);
        deaf.forEach(json.putArray("deaf")::add);
        return json.toString();
    }

    static GroupNews read(String stored, Payloads payloads) {
        ObjectNode json = payloads.readStored(stored);
        return new GroupNews(Kind.valueOf(json.path("kind").asText()), ids(json.path("joined")), json.path("joinedIn").asInt(),
                ids(json.path("removed")), ids(json.path("deaf")), json.path("owner").textValue());
    }

    private static List<String> ids(JsonNode array) {
        List<String> ids = new ArrayList<>(array.size());
        array.forEach(id -> ids.add(id.textValue()));
        return ids;
    }
}

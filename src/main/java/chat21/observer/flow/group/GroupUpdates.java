package chat21.observer.flow.group;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.flow.inbox.News;
import chat21.observer.flow.inbox.ToldToInboxes;
import chat21.observer.message.Delivery;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/**
 * The back end has changed a group: whoever it names is to be told. Nothing about groups is kept between batches, so there is
 * nothing to renew here.
 */
public final class GroupUpdates {

    private final Payloads payloads;

    public GroupUpdates(Payloads payloads) {
        this.payloads = payloads;
    }

    /**
     * Reads what has become of the group, and who is to know: each id in {@code notify_to}.
     *
     * @throws Refusal if the payload is not of the shape {@code {"group":{"uid":…},"notify_to":{"ID":1}}}
     */
    public ChangedGroup read(Delivery delivery) {
        ObjectNode json = payloads.read(delivery.body());
        JsonNode group = json.path("group");
        if (!group.isObject()) {
            throw new Refusal(Reason.BAD_FIELD, "group must be an object");
        }
        String id = Ids.check("group.uid", group.path("uid").textValue());
        JsonNode told = json.path("notify_to");
        // An empty array is PHP's empty object.
        if (!told.isObject() && !(told.isArray() && told.isEmpty())) {
            throw new Refusal(Reason.BAD_FIELD, "notify_to must be an object whose names are user ids");
        }
        byte[] body = payloads.write(group);
        List<News> news = new ArrayList<>(told.size());
        for (Iterator<String> members = told.fieldNames(); members.hasNext();) {
            String member = Ids.check("notify_to", members.next());
            news.add(new News(delivery.topic().app(), member, id, body));
        }
        return new ChangedGroup(news);
    }

    /** What each of those who are to know is told of a group. */
    public record ChangedGroup(List<News> news) implements ToldToInboxes {
    }
}

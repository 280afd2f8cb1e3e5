package chat21.observer.group;

import java.util.Iterator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.message.Payloads;
import chat21.observer.publish.Publication;
import chat21.observer.receive.Delivery;
import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.topic.Ids;
import chat21.observer.topic.RoutingKeys;

/**
 * The back end has changed a group: whoever it names is told. Nothing about groups is kept between batches, so there is
 * nothing to renew here.
 */
public final class GroupUpdates {

    private final Payloads payloads;
    private final String exchange;

    /** @param exchange the exchange that the inboxes are bound to */
    public GroupUpdates(Payloads payloads, String exchange) {
        this.payloads = payloads;
        this.exchange = exchange;
    }

    /**
     * Publishes the group to each id in {@code notify_to}.
     *
     * @throws Refusal if the payload is not of the shape {@code {"group":{"uid":…},"notify_to":{"ID":1}}}
     */
    public Delivery announce(Delivery delivery) {
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
        for (Iterator<String> members = told.fieldNames(); members.hasNext();) {
            String member = Ids.check("notify_to", members.next());
            String routingKey = RoutingKeys.groupUpdated(delivery.topic().app(), member, id);
            delivery.outcome().publish(Publication.json(exchange, routingKey, body));
        }
        return delivery;
    }
}

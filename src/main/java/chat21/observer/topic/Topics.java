package chat21.observer.topic;

import chat21.observer.refuse.Reason;
import chat21.observer.refuse.Refusal;
import chat21.observer.topic.Topic.Archive;
import chat21.observer.topic.Topic.ConversationPatch;
import chat21.observer.topic.Topic.Delivered;
import chat21.observer.topic.Topic.GroupUpdate;
import chat21.observer.topic.Topic.Outgoing;
import chat21.observer.topic.Topic.Persist;
import chat21.observer.topic.Topic.Presence;
import chat21.observer.topic.Topic.Receipt;

/** Reads routing keys. Shapes are matched whole: a key that only ends like a known one is refused. */
public final class Topics {

    private static final String APPS = "apps";
    private static final String OBSERVER = "observer";
    private static final String USERS = "users";
    private static final String MESSAGES = "messages";
    private static final String UPDATE = "update";

    private Topics() {
    }

    /**
     * Reads one routing key.
     *
     * @throws Refusal if the key has none of the known shapes, or an id in it breaks the rule of {@link Ids}
     */
    public static Topic parse(String routingKey) {
        String[] w = routingKey.split("\\.", -1);
        if (w.length < 5 || !w[0].equals(APPS)) {
            throw unknown(routingKey);
        }
        return w[1].equals(OBSERVER) ? fromBackEnd(w, routingKey) : fromClient(w, routingKey);
    }

    private static Topic fromClient(String[] w, String routingKey) {
        String last = w[w.length - 1];
        if (w.length == 8 && w[2].equals("outgoing") && w[3].equals(USERS) && w[5].equals(MESSAGES)
                && last.equals("outgoing")) {
            return new Outgoing(id("app", w[1]), id("sender", w[4]), id("recipient", w[6]));
        }
        if (!w[2].equals(USERS)) {
            throw unknown(routingKey);
        }
        if (w.length == 8 && w[4].equals(MESSAGES) && last.equals(UPDATE)) {
            return new Receipt(id("app", w[1]), id("user", w[3]), id("peer", w[5]), id("message", w[6]));
        }
        if (w.length == 7 && w[4].equals("conversations") && last.equals(UPDATE)) {
            return new ConversationPatch(id("app", w[1]), id("user", w[3]), id("peer", w[5]));
        }
        if (w.length == 7 && w[4].equals("conversations") && last.equals("archive")) {
            return new Archive(id("app", w[1]), id("user", w[3]), id("peer", w[5]));
        }
        if (w.length == 6 && w[4].equals("presence")) {
            return new Presence(id("app", w[1]), id("user", w[3]), id("client", w[5]));
        }
        throw unknown(routingKey);
    }

    private static Topic fromBackEnd(String[] w, String routingKey) {
        String last = w[w.length - 1];
        if (w.length == 5 && w[3].equals("groups") && last.equals(UPDATE)) {
            return new GroupUpdate(id("app", w[2]));
        }
        if (w.length == 8 && w[3].equals(USERS) && w[5].equals(MESSAGES)) {
            if (last.equals("delivered")) {
                return new Delivered(id("app", w[2]), id("user", w[4]), id("peer", w[6]));
            }
            if (last.equals("persist")) {
                return new Persist(id("app", w[2]), id("user", w[4]), id("peer", w[6]));
            }
        }
        throw unknown(routingKey);
    }

    private static String id(String field, String value) {
        return Ids.check(field, value);
    }

    private static Refusal unknown(String routingKey) {
        return new Refusal(Reason.UNKNOWN_TOPIC, "the routing key has none of the known shapes: " + routingKey);
    }
}

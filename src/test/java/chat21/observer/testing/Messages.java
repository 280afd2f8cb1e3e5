package chat21.observer.testing;

import java.util.Map;
import java.util.Set;

import chat21.observer.message.ChatMessage;
import chat21.observer.message.Delivery;
import chat21.observer.message.Group;
import chat21.observer.message.Lookups;
import chat21.observer.message.Lookups.Key;
import chat21.observer.message.MessageReader;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.PayloadLimits;

/** Messages as the flow reads them. */
public final class Messages {

    /** Payloads within the limits of {@code application.properties}. */
    public static final Payloads PAYLOADS = new Payloads(new PayloadLimits(262_144, 50, 20_000));

    private Messages() {
    }

    /** A message from alice to somebody, in app {@code a}. */
    public static ChatMessage to(String recipient, String json) {
        return read(new Deliveries().to(recipient, json));
    }

    /** A message from alice to a stored group, in app {@code a}. */
    public static ChatMessage toStored(String group, Set<String> members, String json) {
        Delivery delivery = new Deliveries().to(group, json);
        delivery.lookups(new Lookups(Set.of(), Map.of(),
                Map.of(new Key("a", group), new Group("a", group, members))));
        return read(delivery);
    }

    /** Reads a delivery. */
    public static ChatMessage read(Delivery delivery) {
        return new MessageReader(PAYLOADS).read(delivery);
    }
}

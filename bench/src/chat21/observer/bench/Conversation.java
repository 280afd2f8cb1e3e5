package chat21.observer.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one sender says, again and again, to one user or group: the routing key and a payload whose marker is restamped
 * for each message.
 *
 * @param routingKey of the outgoing message
 * @param payload    one buffer for all messages, so only one thread at a time may send
 * @param markerAt   where its marker begins
 */
record Conversation(String routingKey, byte[] payload, int markerAt) {

    static final String APP = "tilechat";

    /** 60 bytes, the length of text that earlier measurements used. */
    private static final String TEXT = "Good morning! Has my parcel left yet, or is it still there?!";

    /** From a user to another, as a Chat21 client sends it. */
    static Conversation direct(String sender, String recipient) {
        return of(sender, recipient, "direct", "");
    }

    /** From the first of the members to a group that comes with the message. */
    static Conversation inlineGroup(String group, List<String> members) {
        String list = members.stream().map(member -> "\"" + member + "\":1").collect(Collectors.joining(","));
        // Behind the attributes, so that the marker stands before the long list.
        return of(members.get(0), group, "group", ",\"group\":{\"name\":\"" + group + "\",\"members\":{" + list + "}}");
    }

    /** Makes the payload that of a given message, and returns it. */
    byte[] stamped(int run, int number) {
        Marker.stamp(payload, markerAt, run, number);
        return payload;
    }

    private static Conversation of(String sender, String recipient, String channel, String rest) {
        String json = "{\"text\":\"" + TEXT + "\",\"type\":\"text\""
                + ",\"recipient_fullname\":\"" + recipient + "\",\"sender_fullname\":\"" + sender + "\""
                + ",\"attributes\":{\"bench\":\"" + Marker.BLANK + "\"},\"metadata\":\"\""
                + ",\"channel_type\":\"" + channel + "\"" + rest + "}";
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        String routingKey = "apps." + APP + ".outgoing.users." + sender + ".messages." + recipient + ".outgoing";
        return new Conversation(routingKey, payload, Marker.indexIn(payload));
    }
}

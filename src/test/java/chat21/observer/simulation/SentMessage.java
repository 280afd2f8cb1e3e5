package chat21.observer.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message of a client, with what must come of it.
 *
 * @param number  its place among all
 * @param members the members of the group that it goes to; none where it goes to one user
 * @param kind    what is wrong with it
 */
record SentMessage(int number, String sender, String recipient, String text, List<String> members, Kind kind) {

    /** What several messages of a sender say. */
    static final String SAME = "ok";
    private static final String APP = "a";

    /** What a message is like. */
    enum Kind {
        /** It is stored and delivered. */
        GOOD,
        /** The flow refuses it. */
        REFUSED,
        /** The database takes it in no batch. */
        UNSTORABLE
    }

    /** Whether there are others with every byte the same. */
    boolean isOneOfMany() {
        return text.equals(SAME);
    }

    String routingKey() {
        return "apps." + APP + ".outgoing.users." + sender + ".messages." + recipient + ".outgoing";
    }

    byte[] body() {
        String group = members.isEmpty() ? "" : ",\"group\":{\"members\":{" + members.stream()
                .map(member -> '"' + member + "\":1").collect(Collectors.joining(",")) + "}}";
        return ("{\"text\":\"" + text + "\",\"type\":\"text\"" + group + "}").getBytes(StandardCharsets.UTF_8);
    }

    boolean isToGroup() {
        return !members.isEmpty();
    }

    /** The copies that it becomes. */
    List<Copy> copies() {
        if (kind != Kind.GOOD) {
            return List.of();
        }
        if (!isToGroup()) {
            return List.of(new Copy(sender, recipient, text), new Copy(recipient, sender, text));
        }
        List<Copy> copies = new ArrayList<>();
        members.forEach(member -> copies.add(new Copy(member, recipient, text)));
        copies.add(new Copy(recipient, recipient, text));
        return copies;
    }

    @Override
    public String toString() {
        return sender + ">" + recipient + ":" + text;
    }
}
